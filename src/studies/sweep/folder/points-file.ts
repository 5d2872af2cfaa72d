/**
 * points.jsonl: the outcome of each point, one line appended as soon as the point has ended. If the process is killed,
 * only the last line may be incomplete. The next opening removes it.
 */
import { closeSync, existsSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { OutputFile, writable } from "../../../files/output-file.ts";
import { RequestError } from "../../../input/request-error.ts";
import { fileLines } from "../../folder/file-lines.ts";
import { isFailed, lineOf, type PointRecord, recordFrom } from "./point-line.ts";

const MISSING = 0;
const DONE = 1;
const FAILED = 2;

export class PointsFile {
  readonly #path: string;
  readonly #descriptor: number;
  /** By index of the point, 13 bytes each: its state, and the position of its line in the file. */
  readonly #states: Uint8Array;
  readonly #offsetsBytes: Float64Array;
  readonly #lengthsBytes: Uint32Array;
  readonly #counts = [0, 0, 0];
  #endBytes = 0;
  /** Whether the file already is what `putInOrder` would write. */
  #isInOrder = true;
  #lastIndex = -1;
  #isOpen = true;
  /** Lines that could not be read, including an incomplete last line. Their points count as missing. */
  readonly unreadable: number = 0;

  /** `count`: number of points of the plan. Creates the file if it is missing. Throws RequestError if that fails. */
  constructor(path: string, count: number) {
    this.#path = path;
    this.#states = new Uint8Array(count);
    this.#offsetsBytes = new Float64Array(count);
    this.#lengthsBytes = new Uint32Array(count);
    this.#counts[MISSING] = count;
    this.unreadable = existsSync(path) ? this.#scan() : 0;
    this.#descriptor = writable(path, () => openSync(path, "a+"));
    if (this.unreadable > 0) this.#isInOrder = false;
    writable(path, () => ftruncateSync(this.#descriptor, this.#endBytes));
  }

  get done(): number {
    return this.#counts[DONE]!;
  }

  get failed(): number {
    return this.#counts[FAILED]!;
  }

  /** Whether the point has a result. A failed point has none and runs again. */
  isDone(index: number): boolean {
    return this.#states[index] === DONE;
  }

  /** The point must not be missing. */
  record(index: number): PointRecord {
    return JSON.parse(this.#line(index)) as PointRecord;
  }

  /** Has handed the line to the operating system when it returns. Does nothing once the file is closed. */
  append(record: PointRecord): void {
    if (!this.#isOpen) return;
    const bytes = Buffer.from(lineOf(record));
    writable(this.#path, () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    });
    this.#note(record, this.#endBytes, bytes.length);
    this.#endBytes += bytes.length;
  }

  /**
   * Sorts the lines by index and keeps one per point: the bytes do not depend on the order in which points ended.
   * Replaces the file as a whole and closes it.
   */
  putInOrder(): void {
    if (!this.#isInOrder) this.#rewrite();
    this.close();
  }

  close(): void {
    if (this.#isOpen) closeSync(this.#descriptor);
    this.#isOpen = false;
  }

  /** Reads the existing lines. Returns the number of unreadable ones. */
  #scan(): number {
    let unreadable = 0;
    for (const { text, offsetBytes, lengthBytes, hasLineEnd } of fileLines(this.#path)) {
      const record = hasLineEnd ? recordFrom(text) : undefined;
      // An incomplete last line is cut off. Other unreadable lines stay until the file is put in order.
      if (hasLineEnd) this.#endBytes = offsetBytes + lengthBytes;
      if (record !== undefined && record.index < this.#states.length) this.#note(record, offsetBytes, lengthBytes);
      else unreadable += 1;
    }
    return unreadable;
  }

  /** The later of two lines counts, except that a failure does not replace a result. */
  #note(record: PointRecord, offsetBytes: number, lengthBytes: number): void {
    const { index } = record;
    if (index <= this.#lastIndex) this.#isInOrder = false;
    this.#lastIndex = index;
    const before = this.#states[index]!;
    const now = isFailed(record) ? FAILED : DONE;
    if (before === DONE && now === FAILED) return;
    this.#counts[before]! -= 1;
    this.#counts[now]! += 1;
    this.#states[index] = now;
    this.#offsetsBytes[index] = offsetBytes;
    this.#lengthsBytes[index] = lengthBytes;
  }

  #rewrite(): void {
    const ordered = new OutputFile(this.#path);
    try {
      for (let index = 0; index < this.#states.length; index += 1)
        if (this.#states[index] !== MISSING) ordered.write(this.#line(index));
      ordered.finish();
    } finally {
      ordered.abandon();
    }
  }

  #line(index: number): string {
    const bytes = Buffer.allocUnsafe(this.#lengthsBytes[index]!);
    readSync(this.#descriptor, bytes, 0, bytes.length, this.#offsetsBytes[index]!);
    return bytes.toString();
  }
}

/** Reads a file that is in order, where every line is a point. */
export function* pointRecords(path: string): Generator<PointRecord> {
  for (const { text } of fileLines(path)) {
    const record = recordFrom(text);
    if (record === undefined)
      throw new RequestError(`${path} has a line that is no point: mend it with \`rtmm sweep --resume\``);
    yield record;
  }
}
