/**
 * Searches for the largest factor that holds. docs/capacity.md explains the choice of factors.
 *
 * Independent of simulations. The factors that it tries depend only on earlier readings, so neither the number of
 * workers nor concurrent searches have an effect.
 */
import { type Curve, holds, not, type Reading, surelyFails, surelyHolds } from "./curve.ts";
import { type FactorGrid, stepsOf } from "./factor-grid.ts";

/** Returns the readings of the given steps, in their order. */
export type Look<Seen extends Reading> = (steps: readonly number[]) => Promise<readonly Seen[]>;

export interface SearchSettings {
  readonly grid: FactorGrid;
  /** Number of steps to request together if their order does not matter; at least 1. */
  readonly atOnce: number;
  /** Whether to search for the ends of the confidence interval, too. */
  readonly confidence: "sought" | "left out";
}

/** Multiples of the answer that are also tried, because the curve need not be monotone (Graham 1969). */
const ABOVE = [1.1, 1.25, 1.5, 2];
const BELOW = [0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4, 0.25, 0.125];

/** Adds each reading to `curve` at once, so that the curve keeps them if `look` throws. */
export async function search<Seen extends Reading>(
  curve: Curve<Seen>,
  look: Look<Seen>,
  settings: SearchSettings,
): Promise<void> {
  const searcher = new Searcher(curve, look, settings);
  await searcher.bracket(0);
  await searcher.findLargest();
  await searcher.lookBelow();
  await searcher.findSteady();
  if (settings.confidence === "sought") await searcher.findInterval();
}

/** Searches only for the largest step that holds. `from`: a step that is likely to be near. */
export async function searchLargest<Seen extends Reading>(
  curve: Curve<Seen>,
  look: Look<Seen>,
  settings: Omit<SearchSettings, "confidence"> & { readonly from: number },
): Promise<void> {
  const searcher = new Searcher(curve, look, settings);
  await searcher.bracket(settings.from);
  await searcher.findLargest();
}

interface Gap {
  readonly low: number;
  readonly high: number;
}

class Searcher<Seen extends Reading> {
  readonly #curve: Curve<Seen>;
  readonly #look: Look<Seen>;
  readonly #grid: FactorGrid;
  readonly #atOnce: number;

  constructor(curve: Curve<Seen>, look: Look<Seen>, { grid, atOnce }: Omit<SearchSettings, "confidence">) {
    this.#curve = curve;
    this.#look = look;
    this.#grid = grid;
    this.#atOnce = atOnce;
  }

  /** From a step on, doubles the factor while the bounds hold, or halves it until they do. */
  async bracket(from: number): Promise<void> {
    const { stepsPerDoubling } = this.#grid;
    await this.#lookAt([from]);
    const isHeld = this.#curve.get(from)!.holds;
    await this.#walk(isHeld ? stepsPerDoubling : -stepsPerDoubling, isHeld ? not(holds) : holds);
  }

  /** Finds a step that holds next to one that fails. Then tries larger factors, and starts again if one holds. */
  async findLargest(): Promise<void> {
    for (;;) {
      await this.#narrow(() => this.#gap(this.#curve.last(holds), not(holds)));
      const largest = this.#curve.last(holds);
      if (largest === undefined) return;
      await this.#lookAt(this.#multiples(largest, ABOVE));
      if (this.#curve.last(holds) === largest) return;
    }
  }

  async lookBelow(): Promise<void> {
    const largest = this.#curve.last(holds);
    if (largest !== undefined) await this.#lookAt(this.#multiples(largest, BELOW));
  }

  /** If a factor below the capacity fails, finds the largest step up to which none does. */
  async findSteady(): Promise<void> {
    await this.#narrow(() => {
      const high = this.#curve.first(not(holds));
      const low = high === undefined ? undefined : this.#curve.last(holds, high);
      return high === undefined || low === undefined ? undefined : { low, high };
    });
  }

  /** Finds the ends of the confidence interval: factors that the seeds cannot distinguish from the capacity. */
  async findInterval(): Promise<void> {
    const largest = this.#curve.last(holds);
    if (largest === undefined) return;
    const { stepsPerDoubling } = this.#grid;
    if (this.#curve.last(surelyHolds, largest) === undefined) await this.#walk(-stepsPerDoubling, surelyHolds);
    await this.#narrow(() => this.#gap(this.#curve.last(surelyHolds, largest), not(surelyHolds), largest));
    if (this.#curve.first(surelyFails, largest) === undefined) await this.#walk(stepsPerDoubling, surelyFails);
    await this.#narrow(() => {
      const high = this.#curve.first(surelyFails, largest);
      return high === undefined ? undefined : { low: this.#curve.last(not(surelyFails), high - 1) ?? largest, high };
    });
  }

  /** The gap from `low` to the next step for which `claim` is true; undefined if there is none up to `most`. */
  #gap(low: number | undefined, claim: (reading: Reading) => boolean, most = Infinity): Gap | undefined {
    if (low === undefined) return undefined;
    const high = this.#curve.first(claim, low);
    return high === undefined || high > most ? undefined : { low, high };
  }

  /** Moves outwards from the outermost tried step until `claim` is true or the grid ends. */
  async #walk(stride: number, claim: (reading: Reading) => boolean): Promise<void> {
    const { lowest, highest } = this.#grid;
    const steps = this.#curve.steps();
    let step = stride > 0 ? steps.at(-1)! : steps[0]!;
    for (;;) {
      step = Math.min(highest, Math.max(lowest, step + stride));
      if (this.#curve.has(step)) return;
      await this.#lookAt([step]);
      if (claim(this.#curve.get(step)!)) return;
    }
  }

  /** Bisects the gap, or cuts it into more parts, until its ends are neighbours. */
  async #narrow(gap: () => Gap | undefined): Promise<void> {
    for (;;) {
      const found = gap();
      if (found === undefined || found.high - found.low <= 1) return;
      await this.#lookAt(between(found, this.#atOnce));
    }
  }

  #multiples(step: number, factors: readonly number[]): readonly number[] {
    const { lowest, highest } = this.#grid;
    const all = factors.map((factor) => step + stepsOf(this.#grid, factor));
    return all.filter((each) => each >= lowest && each <= highest);
  }

  async #lookAt(steps: readonly number[]): Promise<void> {
    const unseen = [...new Set(steps)].filter((step) => !this.#curve.has(step));
    if (unseen.length === 0) return;
    const readings = await this.#look(unseen);
    for (const [index, step] of unseen.entries()) this.#curve.add(step, readings[index]!);
  }
}

/** Up to `count` evenly spaced steps within a gap. Its ends must not be neighbours. */
function between({ low, high }: Gap, count: number): readonly number[] {
  const parts = Math.min(count, high - low - 1) + 1;
  return Array.from({ length: parts - 1 }, (_, i) => low + Math.round(((i + 1) * (high - low)) / parts));
}
