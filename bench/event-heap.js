/**
 * The reference for speed: a binary heap of events in parallel typed arrays, in the total order of a simulation (time,
 * phase, task, job). A loop takes the next event and adds one. Nothing else happens.
 */
const PENDING = 8;

export function eventHeapLoop(events) {
  const heap = new EventHeap(64);
  for (let i = 0; i < PENDING; i++) heap.push(i * 10, i % 3, i, 0);
  let random = 1;
  for (let i = 0; i < events; i++) {
    const slot = heap.pop();
    random = (Math.imul(random, 1664525) + 1013904223) | 0;
    heap.push(heap.timeNs[slot] + 1 + ((random >>> 8) & 0xffff), slot % 3, slot, i);
  }
  return heap.timeNs[heap.pop()];
}

class EventHeap {
  constructor(capacity) {
    this.timeNs = new Float64Array(capacity);
    this.phase = new Uint8Array(capacity);
    this.taskIndex = new Int32Array(capacity);
    this.jobIndex = new Float64Array(capacity);
    this.heap = new Int32Array(capacity);
    this.freeSlots = Array.from({ length: capacity }, (_, i) => i);
    this.length = 0;
  }

  isBefore(a, b) {
    const { timeNs, phase, taskIndex, jobIndex } = this;
    if (timeNs[a] !== timeNs[b]) return timeNs[a] < timeNs[b];
    if (phase[a] !== phase[b]) return phase[a] < phase[b];
    if (taskIndex[a] !== taskIndex[b]) return taskIndex[a] < taskIndex[b];
    return jobIndex[a] < jobIndex[b];
  }

  push(timeNs, phase, taskIndex, jobIndex) {
    const slot = this.freeSlots.pop();
    this.timeNs[slot] = timeNs;
    this.phase[slot] = phase;
    this.taskIndex[slot] = taskIndex;
    this.jobIndex[slot] = jobIndex;
    const { heap } = this;
    let at = this.length++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isBefore(slot, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = slot;
  }

  /** The slot of the next event. Its values can be read until the next push. */
  pop() {
    const { heap } = this;
    const first = heap[0];
    const slot = heap[--this.length];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.length) break;
      if (child + 1 < this.length && this.isBefore(heap[child + 1], heap[child])) child++;
      if (!this.isBefore(heap[child], slot)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = slot;
    this.freeSlots.push(first);
    return first;
  }
}
