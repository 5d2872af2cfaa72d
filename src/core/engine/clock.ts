/**
 * The time of a run. It is a shared object, because V8 allocates a number argument at each call that it does not
 * inline.
 */
export class Clock {
  nowNs = 0;
}
