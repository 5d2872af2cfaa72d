/** Which tool wrote a file on disk. */
import { type FileKind, fileKind } from "../../import/index.ts";
import { readText } from "../../input/file-source.ts";
import { ProblemList } from "../../input/problem-list.ts";
import type { Library } from "../library.ts";

/** Undefined if no tool that rtmm knows wrote it, or if it cannot be read. */
export function kindAt(path: string, library: Library): FileKind | undefined {
  const status = library.status(path);
  if (status.kind !== "file") return undefined;
  const text = readText(path, library, new ProblemList(), () => {}, "profile");
  if (text !== undefined) return fileKind(text);
  return status.bytes <= largestBytes && isOnnx(library.read(path))
    ? { importer: "onnx", title: "an ONNX network" }
    : undefined;
}

const largestBytes = 2_000_000_000;

/** A protobuf that begins with `ir_version` and goes on with another field of `ModelProto`. */
const isOnnx = ([tag = 0, version = 0, next = 0]: Uint8Array): boolean =>
  tag === 0x08 && version > 0 && version < 32 && [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42].includes(next);
