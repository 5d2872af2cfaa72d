// Hot while many jobs wait: read for every group of jobs at every decision.
/**
 * What no job of a group scores more than, by accelerator. While jobs wait, their starvation grows in proportion to time, and
 * their urgency grows until they are late. So a bound is a straight line over time, with the urgency at its end.
 */

/** A line ends when so much of the least slack is used up: urgency counts as at most a seventh too high. */
const SLACK_SHARE = 1 / 8;
/** A bound is rounded otherwise than a score, in the last of 16 digits, and numbers below 1e-307 have fewer. */
const ROUNDING = 1 + 1e-12;
const UNDERFLOW = 1e-300;

export class ScoreBound {
  #untilNs = -Infinity;
  #sinceNs = Number.NaN;
  #growthPerNs = Number.NaN;
  /** Where the lines begin, by accelerator index. */
  readonly #scores: number[] = [];

  /** When the lines end, ns; Infinity: never. */
  get untilNs(): number {
    return this.#untilNs;
  }

  /** Ends the lines now: jobs have come or gone, or scores have changed otherwise than with time. */
  end(): void {
    this.#untilNs = -Infinity;
  }

  /**
   * Begins lines of jobs that are due at `dueNs` or later. They need a `set` for each accelerator. Returns the least slack
   * that the jobs have until the lines end, ns.
   */
  begin(nowNs: number, dueNs: number, growthPerNs: number): number {
    this.#untilNs = dueNs > nowNs ? nowNs + (dueNs - nowNs) * SLACK_SHARE : Infinity;
    this.#sinceNs = nowNs;
    this.#growthPerNs = growthPerNs;
    return dueNs === Infinity ? Infinity : dueNs - this.#untilNs;
  }

  set(acceleratorIndex: number, score: number): void {
    this.#scores[acceleratorIndex] = score;
  }

  /** For a time up to `untilNs`. */
  at(acceleratorIndex: number, nowNs: number): number {
    return (this.#scores[acceleratorIndex]! + (nowNs - this.#sinceNs) * this.#growthPerNs) * ROUNDING + UNDERFLOW;
  }
}
