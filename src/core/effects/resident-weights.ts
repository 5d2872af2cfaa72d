// Hot where an accelerator has a weight memory: every start and end of a layer passes here.
/**
 * The weights in the memory of one accelerator: which are there or on their way, and which have to make room.
 *
 * They are kept by *set*: the layers of a variant, or each layer by itself where the variant is larger than the memory.
 * A set that runs stays. Of the others the one goes whose last layer began longest ago; ties by row.
 */
import type { WeightRows } from "../weight-rows.ts";

export class ResidentWeights {
  /** Infinity: one set at a time, of any size. */
  readonly #capacityBytes: number;
  /** Bytes that the weights of a row take of the memory, whole; [row]. */
  readonly #heldBytes: Float64Array;
  readonly #weightsOf: Int32Array;
  /** First row of the set that a row belongs to, and the row after its last one; [row]. */
  readonly #setOf: Int32Array;
  readonly #setEnd: Int32Array;
  /** Of the rows that hold weights: 1, they are there; how many jobs load them now. */
  readonly #isThere: Uint8Array;
  readonly #loading: Int32Array;
  /** Of each set, by its first row: bytes there or on their way, jobs that run it now, when its last layer began. */
  readonly #setBytes: Float64Array;
  readonly #running: Int32Array;
  readonly #lastUseNs: Float64Array;
  /** Sets with anything there or on its way. */
  readonly #resident: number[] = [];
  #usedBytes = 0;

  /** `column`: of the accelerator with all its units. */
  constructor(rows: WeightRows, columns: number, column: number, capacityBytes: number | undefined) {
    const rowCount = rows.weightsOf.length;
    this.#capacityBytes = capacityBytes ?? Infinity;
    this.#weightsOf = rows.weightsOf;
    this.#heldBytes = Float64Array.from({ length: rowCount }, (_, row) =>
      this.#held(rows.bytes[row * columns + column]!),
    );
    this.#setOf = Int32Array.from(rows.weightsOf);
    this.#setEnd = Int32Array.from(rows.weightsOf, (row) => row + 1);
    for (const [firstRow, endRow] of rows.variants) if (this.#fits(firstRow, endRow)) this.#join(firstRow, endRow);
    this.#isThere = new Uint8Array(rowCount);
    this.#loading = new Int32Array(rowCount);
    this.#setBytes = new Float64Array(rowCount);
    this.#running = new Int32Array(rowCount);
    this.#lastUseNs = new Float64Array(rowCount);
  }

  /** Where the size is not known, nothing else fits beside it. */
  #held(bytes: number): number {
    if (Number.isNaN(bytes)) return this.#capacityBytes < Infinity ? this.#capacityBytes : 0;
    return Math.ceil(bytes);
  }

  #fits(firstRow: number, endRow: number): boolean {
    let bytes = 0;
    for (let row = firstRow; row < endRow; row++) if (this.#weightsOf[row] === row) bytes += this.#heldBytes[row]!;
    return bytes <= this.#capacityBytes;
  }

  #join(firstRow: number, endRow: number): void {
    this.#setOf.fill(firstRow, firstRow, endRow);
    this.#setEnd[firstRow] = endRow;
  }

  has(row: number): boolean {
    return this.#isThere[this.#weightsOf[row]!] === 1;
  }

  /** Whether any job loads the weights of a row, to be kept. */
  isLoading(row: number): boolean {
    return this.#loading[this.#weightsOf[row]!]! > 0;
  }

  /** Whether two rows use the same weights. */
  areSame(row: number, other: number): boolean {
    return this.#weightsOf[row] === this.#weightsOf[other];
  }

  /** A layer begins: its set stays until it has ended. */
  begin(row: number, nowNs: number): void {
    const set = this.#setOf[row]!;
    this.#running[set] = this.#running[set]! + 1;
    this.#lastUseNs[set] = nowNs;
  }

  end(row: number): void {
    const set = this.#setOf[row]!;
    this.#running[set] = this.#running[set]! - 1;
  }

  /** Makes room for the weights of a layer that has begun; false: there is none, and they will not be kept. */
  startLoad(row: number): boolean {
    const weights = this.#weightsOf[row]!;
    if (this.#loading[weights] === 0 && !this.#reserve(this.#setOf[row]!, this.#heldBytes[weights]!)) return false;
    this.#loading[weights] = this.#loading[weights]! + 1;
    return true;
  }

  #reserve(set: number, bytes: number): boolean {
    if (!this.#hasRoomBesideRunning(set, bytes)) return false;
    while (this.#isTooFull(set, bytes)) this.#evict(this.#leastRecent());
    if (!this.#resident.includes(set)) this.#resident.push(set);
    this.#hold(set, bytes);
    return true;
  }

  /** Whether it would fit if all that does not run were gone. */
  #hasRoomBesideRunning(set: number, bytes: number): boolean {
    let runningBytes = 0;
    for (const each of this.#resident) {
      if (this.#running[each] === 0) continue;
      if (each !== set && this.#capacityBytes === Infinity) return false;
      runningBytes += this.#setBytes[each]!;
    }
    return runningBytes + bytes <= this.#capacityBytes;
  }

  #isTooFull(set: number, bytes: number): boolean {
    if (this.#capacityBytes < Infinity) return this.#usedBytes + bytes > this.#capacityBytes;
    return this.#resident.some((each) => each !== set);
  }

  #leastRecent(): number {
    let least = -1;
    for (const set of this.#resident)
      if (this.#running[set] === 0 && (least < 0 || this.#isOlder(set, least))) least = set;
    return least;
  }

  #isOlder(set: number, other: number): boolean {
    const lastUseNs = this.#lastUseNs[set]!;
    return lastUseNs < this.#lastUseNs[other]! || (lastUseNs === this.#lastUseNs[other]! && set < other);
  }

  #evict(set: number): void {
    this.#isThere.fill(0, set, this.#setEnd[set]!);
    this.#hold(set, -this.#setBytes[set]!);
    this.#leave(set);
  }

  #hold(set: number, bytes: number): void {
    this.#setBytes[set] = this.#setBytes[set]! + bytes;
    this.#usedBytes += bytes;
  }

  #leave(set: number): void {
    this.#resident.splice(this.#resident.indexOf(set), 1);
  }

  /** What a job loaded is all there. */
  endLoad(row: number): void {
    const weights = this.#weightsOf[row]!;
    this.#loading[weights] = this.#loading[weights]! - 1;
    this.#isThere[weights] = 1;
  }

  /** A job stopped before what it loaded was there: it gives the room back, unless another one loads the same. */
  cutLoad(row: number): void {
    const weights = this.#weightsOf[row]!;
    const set = this.#setOf[row]!;
    this.#loading[weights] = this.#loading[weights]! - 1;
    if (this.#loading[weights]! > 0 || this.#isThere[weights] === 1) return;
    this.#hold(set, -this.#heldBytes[weights]!);
    if (this.#isEmpty(set)) this.#leave(set);
  }

  #isEmpty(set: number): boolean {
    for (let row = set; row < this.#setEnd[set]!; row++) {
      if (this.#isThere[row] === 1 || this.#loading[row]! > 0) return false;
    }
    return true;
  }
}
