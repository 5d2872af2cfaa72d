// Hot: one insertion and one removal a dispatched layer.
/**
 * The ready jobs in order: rank, then release, task, job. A sorted deque: what leaves at the head and comes back near
 * it (the job that just ran) moves few neighbours, however long the list is.
 */
import type { JobPool } from "./job-pool.ts";
import type { JobList } from "./scheduler.ts";

export class ReadyList<T extends { readonly slot: number }> implements JobList<T> {
  length = 0;
  #items: (T | undefined)[] = new Array(16);
  #begin = 8;
  readonly #pool: JobPool;

  constructor(pool: JobPool) {
    this.#pool = pool;
  }

  get first(): T {
    return this.#items[this.#begin]!;
  }

  /** The i-th in order, 0 <= i < length. */
  at(i: number): T {
    return this.#items[this.#begin + i]!;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }

  insert(item: T): void {
    const position = this.#positionOf(item.slot);
    if (position < this.length >>> 1) this.#shiftHead(position);
    else this.#shiftTail(position);
    this.#items[this.#begin + position] = item;
    this.length += 1;
  }

  /** Removes an item that is in the list, its key unchanged since it came. */
  remove(item: T): void {
    if (item === this.#items[this.#begin]) {
      this.#items[this.#begin] = undefined;
      this.#begin += 1;
      this.length -= 1;
      return;
    }
    const position = this.#positionOf(item.slot);
    const items = this.#items;
    const begin = this.#begin;
    if (position < this.length >>> 1) {
      for (let at = begin + position; at > begin; at--) items[at] = items[at - 1];
      items[begin] = undefined;
      this.#begin += 1;
    } else {
      const last = begin + this.length - 1;
      for (let at = begin + position; at < last; at++) items[at] = items[at + 1];
      items[last] = undefined;
    }
    this.length -= 1;
  }

  /** Makes room before `position` by moving what is in front of it one place down. */
  #shiftHead(position: number): void {
    if (this.#begin === 0) this.#recentre();
    const items = this.#items;
    this.#begin -= 1;
    for (let at = this.#begin; at < this.#begin + position; at++) items[at] = items[at + 1];
  }

  #shiftTail(position: number): void {
    if (this.#begin + this.length === this.#items.length) this.#recentre();
    const items = this.#items;
    for (let at = this.#begin + this.length; at > this.#begin + position; at--) items[at] = items[at - 1];
  }

  /** Moves the items to the middle of an array with room at both ends. */
  #recentre(): void {
    const items = new Array<T | undefined>(Math.max(16, this.length * 4));
    const begin = (items.length - this.length) >>> 1;
    for (let i = 0; i < this.length; i++) items[begin + i] = this.#items[this.#begin + i];
    this.#items = items;
    this.#begin = begin;
  }

  /** Number of items in front of the job in `slot`. */
  #positionOf(slot: number): number {
    const items = this.#items;
    const begin = this.#begin;
    // The head is by far the most frequent place.
    if (this.length === 0 || !this.#isBefore(items[begin]!.slot, slot)) return 0;
    let low = 1;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isBefore(items[begin + middle]!.slot, slot)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isBefore(a: number, b: number): boolean {
    const pool = this.#pool;
    const { rank } = pool;
    return rank[a] === rank[b] ? isEarlier(pool, a, b) : rank[a]! < rank[b]!;
  }
}

/** Tie order: release, task, job. */
function isEarlier(pool: JobPool, a: number, b: number): boolean {
  const { releaseNs, taskIndex, jobIndex } = pool;
  if (releaseNs[a] !== releaseNs[b]) return releaseNs[a]! < releaseNs[b]!;
  if (taskIndex[a] !== taskIndex[b]) return taskIndex[a]! < taskIndex[b]!;
  return jobIndex[a]! < jobIndex[b]!;
}
