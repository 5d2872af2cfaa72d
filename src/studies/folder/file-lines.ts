/** Reads the lines of a file of any length. The file is never in memory as a whole. */
import { closeSync, existsSync, openSync, readSync } from "node:fs";

export interface FileLine {
  /** Without its line end. */
  readonly text: string;
  readonly offsetBytes: number;
  /** Line end included. */
  readonly lengthBytes: number;
  /** Only the last line of a file may have none. */
  readonly hasLineEnd: boolean;
}

const CHUNK_BYTES = 1 << 18;
const LINE_END = 0x0a;

export function* fileLines(path: string): Generator<FileLine> {
  const descriptor = openSync(path, "r");
  try {
    yield* linesOf(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Complete lines, without their line ends. Skips a last line that was cut short. None if there is no such file. */
export function* wholeLines(path: string): Generator<string> {
  for (const { text, hasLineEnd } of existsSync(path) ? fileLines(path) : []) if (hasLineEnd) yield text;
}

function* linesOf(descriptor: number): Generator<FileLine> {
  let offsetBytes = 0;
  /** Bytes that are read but not yielded yet. They start with the line at `offsetBytes`. */
  let bytes: Buffer = Buffer.alloc(0);
  for (;;) {
    const chunk = chunkOf(descriptor);
    if (chunk.length === 0) break;
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, from)) {
      const lengthBytes = end + 1 - from;
      yield { text: bytes.toString("utf8", from, end), offsetBytes, lengthBytes, hasLineEnd: true };
      offsetBytes += lengthBytes;
      from = end + 1;
    }
    bytes = bytes.subarray(from);
  }
  if (bytes.length > 0) yield { text: bytes.toString(), offsetBytes, lengthBytes: bytes.length, hasLineEnd: false };
}

/** Empty at the end of the file. */
function chunkOf(descriptor: number): Buffer {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  return chunk.subarray(0, readSync(descriptor, chunk));
}

/** The value of a line of JSON; undefined: it is none. */
export function lineValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
