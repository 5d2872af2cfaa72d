/** Output files. They are opened before any simulation, and appear only when complete. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { RequestError } from "../input/request-error.ts";
import { GzipStream } from "./gzip-stream.ts";

const CHUNK_LENGTH = 1 << 16;

export interface OutputFileOptions {
  readonly compression?: "gzip" | "none";
}

/** Writes in chunks to a file beside the target and renames it at the end. Memory is bounded; readers see whole files. */
export class OutputFile {
  readonly #path: string;
  /** The path itself, if it is a device or a pipe. */
  readonly #written: string;
  readonly #descriptor: number;
  readonly #gzip: GzipStream | undefined;
  #isOpen = true;
  #pending: (string | Uint8Array)[] = [];
  /** Characters and bytes. */
  #pendingLength = 0;

  /** Throws RequestError if the file cannot be written. */
  constructor(path: string, { compression = "none" }: OutputFileOptions = {}) {
    this.#path = path;
    this.#gzip = compression === "gzip" ? new GzipStream() : undefined;
    this.#written = writable(path, () => (isSpecial(path) ? path : `${path}.part`));
    this.#descriptor = writable(path, () => openSync(this.#written, "w"));
  }

  write(content: string | Uint8Array): void {
    this.#pending.push(content);
    this.#pendingLength += content.length;
    if (this.#pendingLength >= CHUNK_LENGTH) this.#flush();
  }

  /** Completes the file at its final path. */
  finish(): void {
    this.#flush();
    if (this.#gzip !== undefined) this.#writeAll(this.#gzip.end());
    this.#isOpen = false;
    writable(this.#path, () => {
      closeSync(this.#descriptor);
      if (this.#written !== this.#path) renameSync(this.#written, this.#path);
    });
  }

  /** Removes the unfinished file. An older file at the path stays, and so does a finished one. */
  abandon(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#descriptor);
    if (this.#written !== this.#path) rmSync(this.#written, { force: true });
  }

  #flush(): void {
    const bytes = bytesOf(this.#pending);
    this.#pending = [];
    this.#pendingLength = 0;
    this.#writeAll(this.#gzip === undefined ? bytes : this.#gzip.compress(bytes));
  }

  #writeAll(bytes: Uint8Array): void {
    writable(this.#path, () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    });
  }
}

const bytesOf = (pieces: readonly (string | Uint8Array)[]): Uint8Array =>
  pieces.every((piece) => typeof piece === "string")
    ? Buffer.from(pieces.join(""))
    : Buffer.concat(pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece)));

/** Makes a folder and its parents. Returns the folders made, the outermost first. Throws RequestError on failure. */
export function makeFolder(path: string): readonly string[] {
  const missing = missingFolders(path);
  writable(path, () => {
    // One by one: Node's recursive mkdir never returns if a folder such as /proc refuses another with ENOENT.
    for (const folder of missing) mkdirSync(folder);
  });
  if (!statSync(path).isDirectory()) throw new RequestError(`cannot write ${path}: a file of that name exists`);
  return missing;
}

/** Takes back what `makeFolder` made, as far as nobody has begun to use it. */
export function removeEmptyFolders(made: readonly string[]): void {
  for (const folder of made.toReversed()) {
    if (!existsSync(folder)) continue;
    if (readdirSync(folder).length > 0) return;
    rmdirSync(folder);
  }
}

/** The outermost first. */
function missingFolders(path: string): readonly string[] {
  return existsSync(path) ? [] : [...missingFolders(dirname(path)), path];
}

/** Whether a path exists but is neither a file nor a folder, such as /dev/null. */
export function isSpecial(path: string): boolean {
  if (!existsSync(path)) return false;
  const stats = statSync(path);
  if (stats.isDirectory()) throw new RequestError(`cannot write ${path}: it is a folder`);
  return !stats.isFile();
}

/** Turns a failure to write into a RequestError with the reason. */
export function writable<Result>(path: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new RequestError(`cannot write ${path}: ${reasons[code] ?? message}`, { cause: error });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  EACCES: "permission denied",
  EROFS: "the file system is read-only",
  ENOTDIR: "a part of the path is not a folder",
  ENOSPC: "the disk is full",
};
