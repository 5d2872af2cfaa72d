/** A file to read piece by piece: it may be larger than memory. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { ByteSource } from "../../import/index.ts";
import { unopenable } from "../../input/file-source.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Library } from "../library.ts";

/** Opens the file while `use` works with it. Throws RequestError if it cannot be read. */
export function withByteFile<T>(path: string, library: Library, use: (bytes: ByteSource, file: string) => T): T {
  const file = library.fileAt(path);
  const status = library.status(path);
  if (status.kind !== "file") throw new RequestError(unopenable(file, status)[1]);
  const descriptor = readable(file, () => openSync(library.absolute(path), "r"));
  try {
    const { size } = fstatSync(descriptor);
    return use({ size, read: (start, length) => readPiece(descriptor, start, length, size, file) }, file);
  } finally {
    closeSync(descriptor);
  }
}

/** No longer than the file, whatever length a broken file claims. */
function readPiece(descriptor: number, start: number, length: number, size: number, file: string): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, Math.min(length, size - start)));
  let done = 0;
  while (done < bytes.length) {
    const read = readable(file, () => readSync(descriptor, bytes, done, bytes.length - done, start + done));
    if (read === 0) return bytes.subarray(0, done);
    done += read;
  }
  return bytes;
}

function readable<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new RequestError(`cannot read ${file}: ${(error as Error).message}`, { cause: error });
  }
}
