/** A list of runs, and what came of it as if they had run in their order, wherever they did. */
import type { RunResult } from "../records/run-result.ts";
import type { RunRequest } from "../run/run-setup.ts";
import { errorOf } from "./error-of.ts";
import type { PointExecutor, PointOutcome, PointSource } from "./point.ts";
import { type PointListOptions, pointList } from "./point-list.ts";

/** Of a list of runs. */
export interface RunsInOrder {
  /** Of those before the first that failed or was not finished. */
  readonly results: readonly RunResult[];
  /** What ended the list there; undefined: all were finished. */
  readonly failure: { readonly error: unknown } | undefined;
}

export interface InOrderOptions extends PointListOptions {
  readonly signal: AbortSignal;
  /** Told of each run as it ends, in any order. */
  readonly ended?: () => void;
}

/** Where several runs fail, the first of the list counts, and none after it is begun any more. */
export async function runInOrder(
  executor: PointExecutor,
  requests: readonly RunRequest[],
  { signal, ended, ...options }: InOrderOptions,
): Promise<RunsInOrder> {
  const outcomes: (PointOutcome | undefined)[] = requests.map(() => undefined);
  let firstFailed = requests.length;
  const points: PointSource = {
    ...pointList(requests, options),
    request: (index) => (index < firstFailed ? requests[index] : undefined),
  };
  const heard = (outcome: PointOutcome): void => {
    ended?.();
    outcomes[outcome.index] = outcome;
    if (outcome.kind === "failed") firstFailed = Math.min(firstFailed, outcome.index);
  };
  let stopped: RunsInOrder["failure"];
  try {
    await executor.run(points, heard, signal);
  } catch (error) {
    stopped = { error };
  }
  return leading(outcomes, stopped);
}

function leading(outcomes: readonly (PointOutcome | undefined)[], stopped: RunsInOrder["failure"]): RunsInOrder {
  const results: RunResult[] = [];
  for (const outcome of outcomes) {
    if (outcome === undefined) return { results, failure: stopped };
    if (outcome.kind === "failed") return { results, failure: { error: errorOf(outcome.failure) } };
    results.push(outcome.result);
  }
  return { results, failure: stopped };
}
