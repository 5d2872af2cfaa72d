/** Runs a list on any executor and returns what running it in order would have returned. */
import type { RunResult } from "../records/run-result.ts";
import type { RunRequest } from "../run/run-setup.ts";
import { errorOf } from "./error-of.ts";
import type { PointExecutor, PointOutcome, PointSource } from "./point.ts";
import { type PointListOptions, pointList } from "./point-list.ts";

export interface RunsInOrder {
  /** Results of the runs before the first one that failed or did not finish. */
  readonly results: readonly RunResult[];
  /** The error that ended the list there; undefined if every run finished. */
  readonly failure: { readonly error: unknown } | undefined;
}

export interface InOrderOptions extends PointListOptions {
  readonly signal: AbortSignal;
  /** Called as each run ends, in any order. */
  readonly ended?: () => void;
}

/** If several runs fail, the first one in the list is reported. No run after a failed one is started. */
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
  const record = (outcome: PointOutcome): void => {
    ended?.();
    outcomes[outcome.index] = outcome;
    if (outcome.kind === "failed") firstFailed = Math.min(firstFailed, outcome.index);
  };
  let stopped: RunsInOrder["failure"];
  try {
    await executor.run(points, record, signal);
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
