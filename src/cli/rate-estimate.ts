/** Estimates how fast work goes and how long the rest takes, from what was done lately. */

/** No estimate is made before so much time, and before two items or this share of the work are done. */
const LEAST_MS = 1000;
const LEAST_SHARE = 0.01;
/** The estimate looks back half of the time so far, at least this long: starting up is forgotten, and chance evens out. */
const LEAST_WINDOW_MS = 5000;
const SAMPLE_MS = 100;

interface Sample {
  readonly ms: number;
  readonly done: number;
}

export interface Estimate {
  readonly perS: number;
  /** undefined: the total is not known, or more time has passed than the rest was to take. */
  readonly leftS: number | undefined;
}

export class RateEstimate {
  readonly #start: Sample;
  /** In order of time; the first is the last one before the window. */
  #samples: Sample[];

  constructor(ms: number, done: number) {
    this.#start = { ms, done };
    this.#samples = [this.#start];
  }

  /** So much was done at this time. */
  add(ms: number, done: number): void {
    const samples = this.#samples;
    const last = samples.at(-1)!;
    if (done <= last.done) return;
    // The last sample moves on until the next one is due.
    if (samples.length > 1 && ms - samples.at(-2)!.ms < SAMPLE_MS) samples.pop();
    samples.push({ ms, done });
    const fromMs = ms - Math.max(LEAST_WINDOW_MS, (ms - this.#start.ms) / 2);
    while (samples.length > 2 && samples[1]!.ms <= fromMs) samples.shift();
  }

  /** undefined: it is too early to tell. */
  at(ms: number, total: number | undefined): Estimate | undefined {
    const last = this.#samples.at(-1)!;
    const done = last.done - this.#start.done;
    const isEnough = done >= 2 || (total !== undefined && done > 0 && done >= LEAST_SHARE * (total - this.#start.done));
    if (!isEnough || ms - this.#start.ms < LEAST_MS) return undefined;
    const first = this.#samples[0]!;
    const perS = ((last.done - first.done) * 1000) / Math.max(1, last.ms - first.ms);
    if (total === undefined) return { perS, leftS: undefined };
    const leftS = (total - last.done) / perS - (ms - last.ms) / 1000;
    return { perS, leftS: leftS < 0 ? undefined : leftS };
  }
}
