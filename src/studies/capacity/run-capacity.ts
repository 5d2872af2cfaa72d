/** Searches for the capacity of every scheduler in every case, several at a time. */

import type { PointExecutor, PointFailure, PointOutcome, PointSource } from "../../executors/point.ts";
import { severalAtOnce } from "../../executors/several-at-once.ts";
import type { RunResult } from "../../records/run-result.ts";
import type { PlannedScheduler } from "../compare/plan.ts";
import { Curve } from "./curve.ts";
import { factorAt } from "./factor-grid.ts";
import { type FactorReading, factorReading } from "./factor-reading.ts";
import type { CapacityCase, CapacityPlan } from "./plan.ts";
import { search } from "./search.ts";

/** The outcome of one scheduler's search in one case. */
export interface SearchOutcome {
  readonly loadCase: CapacityCase;
  readonly scheduler: PlannedScheduler;
  readonly curve: Curve<FactorReading>;
  /** The reason why the search ended early; undefined if it was completed. */
  readonly stopped: Stop | undefined;
}

export type Stop = { readonly kind: "interrupted" } | ({ readonly kind: "failed" } & FailedPoint);

export interface FailedPoint {
  readonly factor: number;
  readonly seed: number;
  readonly failure: PointFailure;
}

export interface Running {
  readonly executor: PointExecutor;
  /** Number of concurrent searches. Has no effect on what they find. */
  readonly searchesAtOnce: number;
  readonly signal: AbortSignal;
  /** Called when a search ends. */
  ended(search: SearchOutcome): void;
}

/** Ordered by case, then scheduler. Includes searches that an interruption or a failed point ended early. */
export function runCapacity(plan: CapacityPlan, running: Running): Promise<readonly SearchOutcome[]> {
  const searches = plan.cases.flatMap((loadCase) => plan.schedulers.map((scheduler) => ({ loadCase, scheduler })));
  return severalAtOnce(searches, running.searchesAtOnce, async ({ loadCase, scheduler }) => {
    const found = await runSearch(plan, loadCase, scheduler, running);
    running.ended(found);
    return found;
  });
}

/** Typical number of factors per search, for estimates. */
const FACTORS_PER_SEARCH = 30;

export const expectedRuns = ({ cases, schedulers }: CapacityPlan): number =>
  cases.reduce((sum, { seeds }) => sum + seeds.length, 0) * schedulers.length * FACTORS_PER_SEARCH;

async function runSearch(
  plan: CapacityPlan,
  loadCase: CapacityCase,
  scheduler: PlannedScheduler,
  running: Running,
): Promise<SearchOutcome> {
  const { grid } = plan;
  const curve = new Curve<FactorReading>();
  const look = async (steps: readonly number[]): Promise<readonly FactorReading[]> => {
    await lookAt(steps, curve, { plan, loadCase, scheduler }, running);
    return steps.map((step) => curve.get(step)!);
  };
  const confidence = loadCase.seeds.length > 1 ? "sought" : "left out";
  try {
    running.signal.throwIfAborted();
    await search(curve, look, { grid, atOnce: factorsAtOnce(loadCase), confidence });
    return { loadCase, scheduler, curve, stopped: undefined };
  } catch (error) {
    return { loadCase, scheduler, curve, stopped: stopOf(error, running.signal) };
  }
}

/** Enough to keep some workers busy. It ignores the number of workers, which must not change what a search tries. */
const WANTED_POINTS = 4;
const factorsAtOnce = ({ seeds }: CapacityCase): number => Math.max(1, Math.floor(WANTED_POINTS / seeds.length));

function stopOf(error: unknown, signal: AbortSignal): Stop {
  if (error instanceof PointFailedError) return { kind: "failed", ...error.point };
  if (signal.aborted) return { kind: "interrupted" };
  throw error;
}

/** Thrown to end a search. */
class PointFailedError extends Error {
  override readonly name = "PointFailedError";
  readonly point: FailedPoint;

  constructor(point: FailedPoint) {
    super(point.failure.message);
    this.point = point;
  }
}

interface Searched {
  readonly plan: CapacityPlan;
  readonly loadCase: CapacityCase;
  readonly scheduler: PlannedScheduler;
}

/** Adds a reading for each finished factor, even if other factors did not finish. */
async function lookAt(
  steps: readonly number[],
  curve: Curve<FactorReading>,
  { plan, loadCase, scheduler }: Searched,
  { executor, signal }: Running,
): Promise<void> {
  const { seeds } = loadCase;
  const factors = steps.map((step) => factorAt(plan.grid, step));
  const points: PointSource = {
    count: steps.length * seeds.length,
    caseSize: seeds.length,
    request: (index) =>
      loadCase.request(factors[Math.floor(index / seeds.length)]!, seeds[index % seeds.length]!, scheduler),
  };
  const outcomes: PointOutcome[] = [];
  try {
    await executor.run(points, (outcome) => (outcomes[outcome.index] = outcome), signal);
  } finally {
    for (const [at, step] of steps.entries()) {
      const runs = resultsOf(outcomes.slice(at * seeds.length, (at + 1) * seeds.length));
      if (runs.length === seeds.length)
        curve.add(step, factorReading(factors[at]!, plan.settings.bounds, runs, loadCase.sampling));
    }
  }
  // The failed point with the lowest index, whichever ended first.
  for (const outcome of outcomes) {
    if (outcome.kind === "done") continue;
    const { index, failure } = outcome;
    throw new PointFailedError({
      factor: factors[Math.floor(index / seeds.length)]!,
      seed: seeds[index % seeds.length]!,
      failure,
    });
  }
}

const resultsOf = (outcomes: readonly PointOutcome[]): readonly RunResult[] =>
  outcomes.flatMap((outcome) => (outcome?.kind === "done" ? [outcome.result] : []));
