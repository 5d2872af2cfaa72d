/** The time of a run. Shared by object, not passed along: a number argument would be allocated at each call. */
export class Clock {
  nowNs = 0;
}
