/** Looks for the scenario in which A loses most to B, and makes it small. */
import type { PointExecutor } from "../../executors/point.ts";
import { type Annealed, anneal, type Found } from "./anneal.ts";
import { Evaluator } from "./evaluate.ts";
import type { Genome } from "./genome.ts";
import type { Journal } from "./journal.ts";
import { minimise } from "./minimise.ts";
import type { AdversaryPlan } from "./plan.ts";

export interface SearchRunning {
  readonly executor: PointExecutor;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  /** Scenarios tried so far; the second number is known once the search goes on to make one smaller. */
  readonly advanced: (tried: number, total: number) => void;
}

export interface Searched extends Annealed {
  /** undefined: A loses nowhere, or nothing could be compared. */
  readonly smallest: Found | undefined;
  readonly triedToShrink: number;
}

export async function search(plan: AdversaryPlan, running: SearchRunning): Promise<Searched> {
  const { settings, ranges } = plan;
  const { advanced } = running;
  const { budget, chains, keep, seeds } = settings;
  const evaluator = new Evaluator({ ...plan, seeds }, running);
  const evaluate = (genomes: readonly Genome[]) => evaluator.evaluate(genomes);
  const annealed = await anneal({ ranges, seed: seeds[0]!, budget, chains }, evaluate, (tried) =>
    advanced(tried, budget),
  );
  const { best } = annealed;
  if (best === undefined || best.loss.ratio <= 1) return { ...annealed, smallest: undefined, triedToShrink: 0 };
  let shrunk = 0;
  const { smallest, tried } = await minimise(best, { ranges, keep }, async (genomes) => {
    const evaluations = await evaluator.evaluate(genomes);
    shrunk += genomes.length;
    advanced(annealed.tried + shrunk, annealed.tried + shrunk);
    return evaluations;
  });
  return { ...annealed, smallest, triedToShrink: tried };
}

/** Why nothing could be compared. */
export function nothingText({ tried, refusals }: Annealed): string {
  const [reason] = [...refusals].toSorted((x, y) => y[1] - x[1])[0]!;
  return `none of the ${tried} scenarios gives both schedulers a value, mostly because: ${reason}`;
}
