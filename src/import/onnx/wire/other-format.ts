/** Files that people have instead of an ONNX model, by their first bytes. */
import type { ByteSource } from "./byte-source.ts";

const LONGEST = 24;

const formats: readonly (readonly [at: number, text: string, what: string])[] = [
  [0, "version https://git-lfs", "a pointer of Git LFS: fetch the file itself with git lfs pull"],
  [4, "TFL3", "a TFLite model"],
  [4, "ORTM", "ONNX Runtime's own format: import the .onnx file that it was made from"],
  [0, "PK\x03\x04", "a zip archive, such as a PyTorch checkpoint: export it to ONNX, or unpack it"],
  [0, "\x89HDF", "an HDF5 file, such as a Keras model"],
  [0, "\x1f\x8b", "compressed by gzip: unpack it"],
];

/** What the file is instead; undefined if it is nothing that we know. */
export function otherFormat(source: ByteSource): string | undefined {
  const start = String.fromCharCode(...source.read(0, LONGEST));
  return formats.find(([at, text]) => start.startsWith(text, at))?.[2];
}
