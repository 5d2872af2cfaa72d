/**
 * points.jsonl: what came of each point, a line appended as soon as it is known. Whatever ends the process, lines are
 * whole except perhaps the last one, which the next opening drops.
 */
import { closeSync, existsSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { OutputFile, writable } from "../../../files/output-file.ts";
import { fileLines } from "./file-lines.ts";
import { isFailed, lineOf, type PointRecord, recordFrom } from "./point-line.ts";

const MISSING = 0;
const DONE = 1;
const FAILED = 2;

export class PointsFile {
  readonly #path: string;
  readonly #descriptor: number;
  /** By index of the point, 13 bytes each: what is known of it, and where its line lies. */
  readonly #states: Uint8Array;
  readonly #offsetsBytes: Float64Array;
  readonly #lengthsBytes: Uint32Array;
  readonly #counts = [0, 0, 0];
  #endBytes = 0;
  /** Whether the file is what `putInOrder` would make of it. */
  #isInOrder = true;
  #lastIndex = -1;
  #isOpen = true;
  /** Lines that could not be read, a torn last one among them; their points are missing. */
  readonly unreadable: number = 0;

  /** `count`: of the plan's points. Makes the file where there is none. Throws RequestError where it cannot. */
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

  /** Whether the point has a result; one that failed is worth another try. */
  isDone(index: number): boolean {
    return this.#states[index] === DONE;
  }

  /** Of a point that is not missing. */
  record(index: number): PointRecord {
    return JSON.parse(this.#line(index)) as PointRecord;
  }

  /** On disk when it returns, as far as this process is concerned. Once the file is closed nothing is kept. */
  append(record: PointRecord): void {
    if (!this.#isOpen) return;
    const bytes = Buffer.from(lineOf(record));
    writable(this.#path, () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    });
    this.#note(record, this.#endBytes, bytes.length);
    this.#endBytes += bytes.length;
  }

  /** Lines by index, one a point: the same bytes in whatever order points came. The file is replaced as a whole, and closed. */
  putInOrder(): void {
    if (!this.#isInOrder) this.#rewrite();
    this.close();
  }

  close(): void {
    if (this.#isOpen) closeSync(this.#descriptor);
    this.#isOpen = false;
  }

  /** Number of unreadable lines. */
  #scan(): number {
    let unreadable = 0;
    for (const { text, offsetBytes, lengthBytes, hasLineEnd } of fileLines(this.#path)) {
      const record = hasLineEnd ? recordFrom(text) : undefined;
      // A torn line is cut off; others stay where they are until the file is put in order.
      if (hasLineEnd) this.#endBytes = offsetBytes + lengthBytes;
      if (record !== undefined && record.index < this.#states.length) this.#note(record, offsetBytes, lengthBytes);
      else unreadable += 1;
    }
    return unreadable;
  }

  /** The later of two lines counts, but a failure takes no result away. */
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

/** Of a file that is in order; every line is a point. */
export function* pointRecords(path: string): Generator<PointRecord> {
  for (const { text } of fileLines(path)) {
    const record = recordFrom(text);
    if (record === undefined) throw new Error(`${path} was changed while it was read`);
    yield record;
  }
}
