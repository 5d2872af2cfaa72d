/** What has been seen of a load curve, and what can be read from it; nothing is said of factors nobody looked at. */

/** What one factor has shown. */
export interface Reading {
  /** The mean over the seeds meets every bound. */
  readonly holds: boolean;
  /** So does its whole confidence interval. */
  readonly surelyHolds: boolean;
  /** Of some bound the whole interval is on the wrong side. */
  readonly surelyFails: boolean;
}

/** Readings by step of a grid of factors. */
export class Curve<Seen extends Reading> {
  readonly #readings = new Map<number, Seen>();

  add(step: number, reading: Seen): void {
    this.#readings.set(step, reading);
  }

  has(step: number): boolean {
    return this.#readings.has(step);
  }

  get(step: number): Seen | undefined {
    return this.#readings.get(step);
  }

  /** Rising. */
  steps(): readonly number[] {
    return [...this.#readings.keys()].sort((a, b) => a - b);
  }

  /** In the order of factors. */
  readings(): readonly Seen[] {
    return this.steps().map((step) => this.#readings.get(step)!);
  }

  /** The largest step up to `most` of which `claim` is true. */
  last(claim: (reading: Seen) => boolean, most = Infinity): number | undefined {
    return this.steps().findLast((step) => step <= most && claim(this.#readings.get(step)!));
  }

  /** The smallest step above `least` of which `claim` is true. */
  first(claim: (reading: Seen) => boolean, least = -Infinity): number | undefined {
    return this.steps().find((step) => step > least && claim(this.#readings.get(step)!));
  }
}

/** Steps of a curve; undefined: none that was looked at. */
export interface Landmarks {
  /** The largest that holds: the capacity. */
  readonly largest: number | undefined;
  /** The next larger one that was looked at; it fails. */
  readonly failsFrom: number | undefined;
  /** The largest up to which nothing that was looked at fails; less than `largest` where the curve is not monotone. */
  readonly steadyTo: number | undefined;
  /** Fail although a larger one holds. */
  readonly failsBelow: readonly number[];
  /** The largest up to the capacity where it surely holds. */
  readonly sureTo: number | undefined;
  /** The smallest above the capacity where it surely fails. */
  readonly sureFrom: number | undefined;
}

export const holds = ({ holds }: Reading): boolean => holds;
export const surelyHolds = ({ surelyHolds }: Reading): boolean => surelyHolds;
export const surelyFails = ({ surelyFails }: Reading): boolean => surelyFails;
export const not =
  (claim: (reading: Reading) => boolean) =>
  (reading: Reading): boolean =>
    !claim(reading);

export function landmarks(curve: Curve<Reading>): Landmarks {
  const largest = curve.last(holds);
  const firstFailing = curve.first(not(holds)) ?? Infinity;
  return {
    largest,
    failsFrom: curve.first(not(holds), largest),
    steadyTo: curve.last(holds, firstFailing),
    failsBelow: largest === undefined ? [] : curve.steps().filter((s) => s < largest && !curve.get(s)!.holds),
    sureTo: largest === undefined ? undefined : curve.last(surelyHolds, largest),
    sureFrom: curve.first(surelyFails, largest),
  };
}
