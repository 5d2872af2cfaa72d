/** Searches the capacity of every scheduler in every case, several at a time. */

import type { PointExecutor, PointFailure, PointOutcome, PointSource } from "../../executors/point.ts";
import type { RunResult } from "../../records/run-result.ts";
import type { PlannedContender } from "../compare/plan.ts";
import { Curve } from "./curve.ts";
import { factorAt } from "./factor-grid.ts";
import { type FactorReading, factorReading } from "./factor-reading.ts";
import type { CapacityCase, CapacityPlan } from "./plan.ts";
import { search } from "./search.ts";

/** What is known of a scheduler in a case. */
export interface RanSearch {
  readonly place: CapacityCase;
  readonly contender: PlannedContender;
  readonly curve: Curve<FactorReading>;
  /** What ended the search before its time; undefined: nothing. */
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
  /** How many searches at a time; makes no difference to what they find. */
  readonly searches: number;
  readonly signal: AbortSignal;
  /** Told when a search is over. */
  ended(search: RanSearch): void;
}

/** In the order of cases, then schedulers. What an interruption or a failing point has left is there. */
export async function runCapacity(plan: CapacityPlan, running: Running): Promise<readonly RanSearch[]> {
  const asked = plan.cases.flatMap((place) => plan.contenders.map((contender) => ({ place, contender })));
  const ran: RanSearch[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < asked.length; index = next++) {
      const { place, contender } = asked[index]!;
      const found = await runSearch(plan, place, contender, running);
      ran[index] = found;
      running.ended(found);
    }
  };
  await Promise.all(Array.from({ length: running.searches }, lane));
  return ran;
}

async function runSearch(
  plan: CapacityPlan,
  place: CapacityCase,
  contender: PlannedContender,
  running: Running,
): Promise<RanSearch> {
  const { grid } = plan;
  const curve = new Curve<FactorReading>();
  const look = async (steps: readonly number[]): Promise<readonly FactorReading[]> => {
    await lookAt(steps, curve, { plan, place, contender }, running);
    return steps.map((step) => curve.get(step)!);
  };
  const confidence = place.seeds.length > 1 ? "sought" : "left out";
  try {
    running.signal.throwIfAborted();
    await search(curve, look, { grid, atOnce: factorsAtOnce(place), confidence });
    return { place, contender, curve, stopped: undefined };
  } catch (error) {
    return { place, contender, curve, stopped: stopOf(error, running.signal) };
  }
}

/** Enough to keep some workers busy; from the seeds alone, so that the number of workers makes no difference. */
const WANTED_POINTS = 4;
const factorsAtOnce = ({ seeds }: CapacityCase): number => Math.max(1, Math.floor(WANTED_POINTS / seeds.length));

function stopOf(error: unknown, signal: AbortSignal): Stop {
  if (error instanceof PointFailedError) return { kind: "failed", ...error.point };
  if (signal.aborted) return { kind: "interrupted" };
  throw error;
}

/** Ends a search. */
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
  readonly place: CapacityCase;
  readonly contender: PlannedContender;
}

/** Adds a reading of each factor that was finished, also where others were not. */
async function lookAt(
  steps: readonly number[],
  curve: Curve<FactorReading>,
  { plan, place, contender }: Searched,
  { executor, signal }: Running,
): Promise<void> {
  const { seeds } = place;
  const factors = steps.map((step) => factorAt(plan.grid, step));
  const points: PointSource = {
    count: steps.length * seeds.length,
    caseSize: seeds.length,
    request: (index) =>
      place.request(factors[Math.floor(index / seeds.length)]!, seeds[index % seeds.length]!, contender),
  };
  const outcomes: PointOutcome[] = [];
  try {
    await executor.run(points, (outcome) => (outcomes[outcome.index] = outcome), signal);
  } finally {
    for (const [at, step] of steps.entries()) {
      const runs = resultsOf(outcomes.slice(at * seeds.length, (at + 1) * seeds.length));
      if (runs.length === seeds.length)
        curve.add(step, factorReading(factors[at]!, plan.settings.bounds, runs, place.sampling));
    }
  }
  // The first by number, whichever was over first.
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
