/**
 * The time of a run. It is a shared object, because V8 allocates a number argument at each call that it does not
 * inline.
 */
export class Clock {
  // As NaN first, so that V8 stores it as a double from the beginning.
  nowNs = Number.NaN;

  constructor() {
    this.nowNs = 0;
  }
}
