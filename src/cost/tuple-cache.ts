/** Remembers what a level of a mapping takes: layers of many sizes have few kinds of tiles. */

/** A power of two. The layers of all built-in models give an inner level about 60 kinds of tiles. */
const SLOTS = 256;

/** Values by tuples of numbers. Its size is fixed: a new value takes the place of one whose tuple has the same hash. */
export class TupleCache<Value> {
  private readonly length: number;
  /** [slot * length + place]; NaN, which equals nothing, in an empty slot. */
  private readonly tuples: Float64Array;
  private readonly values: (Value | undefined)[] = new Array(SLOTS).fill(undefined);

  constructor(length: number) {
    this.length = length;
    this.tuples = new Float64Array(SLOTS * length).fill(Number.NaN);
  }

  get(tuple: Float64Array): Value | undefined {
    const slot = slotOf(tuple);
    const start = slot * this.length;
    for (let i = 0; i < tuple.length; i++) if (this.tuples[start + i] !== tuple[i]) return undefined;
    return this.values[slot];
  }

  set(tuple: Float64Array, value: Value): void {
    const slot = slotOf(tuple);
    this.tuples.set(tuple, slot * this.length);
    this.values[slot] = value;
  }
}

/** FNV-1a over whole numbers instead of bytes. */
function slotOf(tuple: Float64Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < tuple.length; i++) hash = Math.imul(hash ^ tuple[i]!, 0x01000193);
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}
