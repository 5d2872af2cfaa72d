// Hot: one insertion and one removal per dispatched layer.
/**
 * The ready jobs in order: rank, then release, task, job. A sorted deque: a job that leaves at the head and returns
 * near it (the job that just ran) moves few others, however long the list is. A job that leaves far from both ends leaves
 * a gap: it often comes back there before another leaves, and then moves few others, too.
 */

import type { JobList, ReadyJob } from "../scheduler.ts";
import type { LiveJob } from "./live-job.ts";

const NO_GAP = 2 ** 30;
/** A gap with fewer items on one of its sides is closed at once. */
const FEW = 16;

export class ReadyList implements JobList<ReadyJob> {
  length = 0;
  #items: (LiveJob | undefined)[] = new Array(64);
  #begin = 32;
  /** Number of items before the gap. */
  #gap = NO_GAP;
  /** Where the last gap was: the next job often comes or leaves near by. */
  #near = 0;

  get first(): ReadyJob {
    return this.#items[this.#begin]!.handle;
  }

  /** The i-th in order, 0 <= i < length. */
  at(i: number): ReadyJob {
    return this.#items[this.#begin + (i < this.#gap ? i : i + 1)]!.handle;
  }

  /** The same, for the core. */
  jobAt(i: number): LiveJob {
    return this.#items[this.#begin + (i < this.#gap ? i : i + 1)]!;
  }

  *[Symbol.iterator](): Iterator<ReadyJob> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }

  insert(item: LiveJob): void {
    const position = this.#positionOf(item);
    if (this.#gap !== NO_GAP) this.#moveGap(position);
    else if (position < this.length >>> 1) this.#shiftHead(position);
    else this.#shiftTail(position);
    this.#gap = NO_GAP;
    this.#items[this.#begin + position] = item;
    this.length += 1;
  }

  /** Removes an item of the list. Its key must not have changed since it was inserted. */
  remove(item: LiveJob): void {
    if (this.#gap !== NO_GAP) this.#closeGap();
    if (item === this.#items[this.#begin]) {
      this.#items[this.#begin] = undefined;
      this.#begin += 1;
      this.length -= 1;
      return;
    }
    const position = this.#positionOf(item);
    this.length -= 1;
    this.#gap = position;
    if (position < FEW || this.length - position < FEW) this.#closeGap();
    else this.#near = position;
  }

  /** Moves the items on the shorter side of the gap. */
  #closeGap(): void {
    const items = this.#items;
    const begin = this.#begin;
    const gap = this.#gap;
    this.#gap = NO_GAP;
    if (gap <= this.length >>> 1) {
      for (let at = begin + gap; at > begin; at--) items[at] = items[at - 1];
      items[begin] = undefined;
      this.#begin += 1;
    } else {
      const last = begin + this.length;
      for (let at = begin + gap; at < last; at++) items[at] = items[at + 1];
      items[last] = undefined;
    }
  }

  /** Moves the items between the gap and its new place. */
  #moveGap(position: number): void {
    const items = this.#items;
    const to = this.#begin + position;
    let at = this.#begin + this.#gap;
    for (; at > to; at--) items[at] = items[at - 1];
    for (; at < to; at++) items[at] = items[at + 1];
  }

  /** Makes room before `position` by moving the items before it one position towards the head. */
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

  /** Moves the items to the middle of an array with room at both ends; the same array if it is large enough. */
  #recentre(): void {
    const before = this.#items;
    const size = Math.max(64, this.length * 4);
    const items = size <= before.length ? before : new Array<LiveJob | undefined>(size);
    const from = this.#begin;
    const to = (items.length - this.length) >>> 1;
    if (to < from) for (let i = 0; i < this.length; i++) items[to + i] = before[from + i];
    else for (let i = this.length - 1; i >= 0; i--) items[to + i] = before[from + i];
    this.#items = items;
    this.#begin = to;
  }

  /** Number of items before a job. */
  #positionOf(job: LiveJob): number {
    // The head is by far the most frequent place.
    if (this.length === 0 || !isBefore(this.#items[this.#begin]!, job)) return 0;
    let low = 1;
    let high = this.length;
    for (let middle = this.#near, step = 1; middle > low && middle < high; step *= 4) {
      if (isBefore(this.jobAt(middle), job)) {
        low = middle + 1;
        middle += step;
      } else {
        high = middle;
        middle -= step;
      }
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.jobAt(middle), job)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** By rank, then release, task, job. */
export function isBefore(a: LiveJob, b: LiveJob): boolean {
  if (a.rank !== b.rank) return a.rank < b.rank;
  if (a.releaseNs !== b.releaseNs) return a.releaseNs < b.releaseNs;
  if (a.taskIndex !== b.taskIndex) return a.taskIndex < b.taskIndex;
  return a.jobIndex < b.jobIndex;
}
