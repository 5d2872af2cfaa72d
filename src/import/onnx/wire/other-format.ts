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
  const known = formats.find(([at, text]) => start.startsWith(text, at))?.[2];
  return known ?? (/^[\t\n\r\x20-\x7e]+$/.test(start) ? TEXT : undefined);
}

/** The key of a model's first field is no printable character, unless that is its graph. */
const TEXT =
  "text: rtmm reads the binary form, which onnx.save(onnx.load(file), ...) in Python makes of ONNX's text and JSON";
