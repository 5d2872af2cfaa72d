/** The time of a run. Shared as an object: V8 would allocate a number argument at each call that it does not inline. */
export class Clock {
  nowNs = 0;
}
