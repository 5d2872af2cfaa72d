/** The readings of a load curve so far, and conclusions from them. They cover only the factors that were tried. */

/** The result of one factor. */
export interface Reading {
  /** The mean over the seeds meets every bound. */
  readonly holds: boolean;
  /** The whole confidence interval of every mean meets its bound. */
  readonly surelyHolds: boolean;
  /** The whole interval of some mean misses its bound. */
  readonly surelyFails: boolean;
}

/** Readings by step of the factor grid. */
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

  /** Ascending. */
  steps(): readonly number[] {
    return [...this.#readings.keys()].sort((a, b) => a - b);
  }

  /** In ascending order of factors. */
  readings(): readonly Seen[] {
    return this.steps().map((step) => this.#readings.get(step)!);
  }

  /** The largest step up to `most` for which `claim` is true. */
  last(claim: (reading: Seen) => boolean, most = Infinity): number | undefined {
    return this.steps().findLast((step) => step <= most && claim(this.#readings.get(step)!));
  }

  /** The smallest step above `least` for which `claim` is true. */
  first(claim: (reading: Seen) => boolean, least = -Infinity): number | undefined {
    return this.steps().find((step) => step > least && claim(this.#readings.get(step)!));
  }
}

/** Notable steps of a curve, among those that were tried; undefined: there is none. */
export interface Landmarks {
  /** The largest step that holds: the capacity. */
  readonly largest: number | undefined;
  /** The next larger step, which fails. */
  readonly failsFrom: number | undefined;
  /** The largest step up to which none fails. Less than `largest` if the curve is not monotone. */
  readonly steadyTo: number | undefined;
  /** Steps that fail although a larger one holds. */
  readonly failsBelow: readonly number[];
  /** The largest step up to the capacity that surely holds. */
  readonly sureTo: number | undefined;
  /** The smallest step above the capacity that surely fails. */
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
