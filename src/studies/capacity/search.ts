/**
 * Which factors to look at, one after the other, to find the largest that holds. docs/capacity.md says why these.
 *
 * Knows nothing of simulations. What it looks at follows from what it has seen alone, so the number of workers and other
 * searches beside it make no difference.
 */
import { type Curve, holds, not, type Reading, surelyFails, surelyHolds } from "./curve.ts";
import { type FactorGrid, stepsOf } from "./factor-grid.ts";

/** Readings of these steps, in their order. */
export type Look<Seen extends Reading> = (steps: readonly number[]) => Promise<readonly Seen[]>;

export interface SearchSettings {
  readonly grid: FactorGrid;
  /** Steps that are asked for together where it does not matter which comes first; at least 1. */
  readonly atOnce: number;
  /** Whether to look for the factors up to which it surely holds, and from which on it surely fails. */
  readonly confidence: "sought" | "left out";
}

/** Looked at above the answer and below it, as multiples: the curve need not be monotone (Graham 1969). */
const ABOVE = [1.1, 1.25, 1.5, 2];
const BELOW = [0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4, 0.25, 0.125];

/** Adds to `curve` as it goes, so that what was seen is there also where `look` throws. */
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

/** Only the largest that holds, from a step on that is thought to be near. */
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

  /** From there on, doubles as long as it holds, or halves until it does. */
  async bracket(from: number): Promise<void> {
    const { stepsPerDoubling } = this.#grid;
    await this.#lookAt([from]);
    const isHeld = this.#curve.get(from)!.holds;
    await this.#walk(isHeld ? stepsPerDoubling : -stepsPerDoubling, isHeld ? not(holds) : holds);
  }

  /** The largest that holds, next to one that fails; and a look further up, which may move it. */
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

  /** Where a smaller factor fails: the largest up to which nothing does. */
  async findSteady(): Promise<void> {
    await this.#narrow(() => {
      const high = this.#curve.first(not(holds));
      const low = high === undefined ? undefined : this.#curve.last(holds, high);
      return high === undefined || low === undefined ? undefined : { low, high };
    });
  }

  /** The ends of the range of factors that the seeds cannot tell from the capacity. */
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

  /** From `low` to the next step above it, up to `most`, of which `claim` is true. */
  #gap(low: number | undefined, claim: (reading: Reading) => boolean, most = Infinity): Gap | undefined {
    if (low === undefined) return undefined;
    const high = this.#curve.first(claim, low);
    return high === undefined || high > most ? undefined : { low, high };
  }

  /** From the outermost step on, until `claim` is true or the grid ends. */
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

  /** Bisects (or cuts in more parts) until the ends of the gap are neighbours. */
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

/** Up to `count` steps within a gap, evenly; its ends are not neighbours. */
function between({ low, high }: Gap, count: number): readonly number[] {
  const parts = Math.min(count, high - low - 1) + 1;
  return Array.from({ length: parts - 1 }, (_, i) => low + Math.round(((i + 1) * (high - low)) / parts));
}
