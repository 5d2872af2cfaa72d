/**
 * Simulated annealing for the largest loss. Source: PISA (Coleman and Krishnamachari 2024), which anneals task graphs and
 * networks for the largest ratio of makespans. Adaptation: genomes are scenarios with systems; several chains, each with its
 * own draws, go on side by side, a step of each at a time, so that the result does not depend on threads.
 */
import type { Loss } from "../../records/adversary.ts";
import { type Draws, drawsOf } from "./draws.ts";
import type { Evaluation } from "./evaluate.ts";
import type { Genome } from "./genome.ts";
import { isLarger } from "./loss.ts";
import { mutated } from "./mutate.ts";
import { randomGenome } from "./random-genome.ts";
import type { Ranges } from "./ranges/ranges.ts";

export interface AnnealSettings {
  readonly ranges: Ranges;
  readonly seed: number;
  /** Scenarios to try, over all chains. */
  readonly budget: number;
  readonly chains: number;
}

export interface Found {
  readonly genome: Genome;
  readonly loss: Loss;
  readonly worstSeed: number;
}

export interface Annealed {
  /** undefined: no scenario could be compared. */
  readonly best: Found | undefined;
  readonly tried: number;
  readonly refusals: ReadonlyMap<string, number>;
}

/** In logarithms of ratios: at first a chain may lose half of the ratio, in the end a percent of it. */
const FIRST_TEMPERATURE = 0.5;
const LAST_TEMPERATURE = 0.01;
/** Share of a chain's steps without a new best after which it goes back to its best. */
const PATIENCE_SHARE = 0.2;

/** `evaluate` gives evaluations in the order of genomes; `advanced` is told of each round. */
export async function anneal(
  settings: AnnealSettings,
  evaluate: (genomes: readonly Genome[]) => Promise<readonly Evaluation[]>,
  advanced: (tried: number) => void,
): Promise<Annealed> {
  const chains = chainsOf(settings);
  const refusals = new Map<string, number>();
  let tried = 0;
  for (;;) {
    const active = chains.filter((chain) => !chain.isDone);
    if (active.length === 0) break;
    const evaluations = await evaluate(active.map((chain) => chain.propose()));
    for (const [index, evaluation] of evaluations.entries()) {
      active[index]!.take(evaluation);
      if (evaluation.kind === "refused") refusals.set(evaluation.reason, (refusals.get(evaluation.reason) ?? 0) + 1);
    }
    tried += active.length;
    advanced(tried);
  }
  return { best: largest(chains.map(({ best }) => best)), tried, refusals };
}

/** The first chains take what does not divide. */
function chainsOf({ ranges, seed, budget, chains }: AnnealSettings): readonly Chain[] {
  const count = Math.min(chains, budget);
  return Array.from({ length: count }, (_, index) => {
    const steps = Math.floor(budget / count) + (index < budget % count ? 1 : 0);
    return new Chain(ranges, drawsOf(seed, index), steps);
  });
}

/** The first of equal ones. */
const largest = (found: readonly (Found | undefined)[]): Found | undefined =>
  found.reduce((best, each) => (each !== undefined && (!best || isLarger(each.loss, best.loss)) ? each : best));

/** One walk through the ranges. */
class Chain {
  best: Found | undefined;
  readonly #ranges: Ranges;
  readonly #draws: Draws;
  readonly #steps: number;
  readonly #patience: number;
  #step = 0;
  #sinceBest = 0;
  #current: Found | undefined;
  #proposed: Genome | undefined;

  constructor(ranges: Ranges, draws: Draws, steps: number) {
    this.#ranges = ranges;
    this.#draws = draws;
    this.#steps = steps;
    this.#patience = Math.max(1, Math.ceil(steps * PATIENCE_SHARE));
  }

  get isDone(): boolean {
    return this.#step >= this.#steps;
  }

  /** A random start until one can be compared, then a neighbour of where the chain is. */
  propose(): Genome {
    const from = this.#current?.genome;
    this.#proposed =
      from === undefined ? randomGenome(this.#ranges, this.#draws) : mutated(from, this.#ranges, this.#draws);
    return this.#proposed;
  }

  take(evaluation: Evaluation): void {
    if (evaluation.kind === "compared") {
      const { loss, worstSeed } = evaluation;
      this.#judge({ genome: this.#proposed!, loss, worstSeed });
    } else this.#sinceBest += 1;
    this.#step += 1;
    if (this.#sinceBest < this.#patience || this.best === undefined) return;
    this.#current = this.best;
    this.#sinceBest = 0;
  }

  #judge(found: Found): void {
    if (this.#isAccepted(found.loss)) this.#current = found;
    if (this.best === undefined || isLarger(found.loss, this.best.loss)) {
      this.best = found;
      this.#sinceBest = 0;
    } else this.#sinceBest += 1;
  }

  /** A larger loss always, a smaller one the more likely the hotter the chain still is. */
  #isAccepted(loss: Loss): boolean {
    if (this.#current === undefined || !isLarger(this.#current.loss, loss)) return true;
    const change = logRatio(loss) - logRatio(this.#current.loss);
    return this.#draws.share() < Math.exp(change / this.#temperature);
  }

  get #temperature(): number {
    return FIRST_TEMPERATURE * (LAST_TEMPERATURE / FIRST_TEMPERATURE) ** (this.#step / Math.max(1, this.#steps - 1));
  }
}

/** Where A has no cost at all, the ratio is 0. */
const logRatio = ({ ratio }: Loss): number => Math.log(Math.max(ratio, Number.MIN_VALUE));
