/** One run among many: what is asked for and what came of it. Both can be sent to other threads and machines. */
import type { RunResult } from "../records/run-result.ts";
import type { RunRequest } from "../run/run-setup.ts";

export interface Point {
  /** From 0, in the order of its plan; names it. */
  readonly index: number;
  readonly request: RunRequest;
  /** Left out: all of the result. */
  readonly wanted?: WantedResult;
}

/**
 * `scenario`: what the scenario as a whole came to. Lists of tasks, accelerators, phases, files and warnings are empty; so
 * a result is a quarter as long, where thousands of short runs are sent from thread to thread.
 */
export type WantedResult = "scenario";

export type PointOutcome = FinishedPoint | FailedPoint;

export interface FinishedPoint {
  readonly kind: "done";
  readonly index: number;
  readonly result: RunResult;
  /** What an audit found; left out where it was clean, or not asked for. */
  readonly findings?: readonly string[];
}

export interface FailedPoint {
  readonly kind: "failed";
  readonly index: number;
  readonly failure: PointFailure;
}

export interface PointFailure {
  /** `input`: what was asked for is wrong; `policy`: a scheduler broke its contract; `crash`: the worker died of it. */
  readonly kind: "input" | "policy" | "internal" | "crash";
  /** As a command would say it; may have several lines. */
  readonly message: string;
}

/** Points by number, made as they are asked for: a plan may have any number of them. */
export interface PointSource {
  readonly count: number;
  /** Points of a case (k * caseSize and those after it) follow each other and share costs: they had better meet. */
  readonly caseSize: number;
  /** Of every point. */
  readonly wanted?: WantedResult;
  /** undefined: this one needs no run. */
  request(index: number): RunRequest | undefined;
}

/** Runs points; `ended` hears of each of them once, as soon as it is over, in any order. */
export interface PointExecutor {
  /**
   * Resolves when all are over. Rejects with the signal's reason where that is aborted, or with what `ended` throws. No
   * more is told once it has settled. Several calls may go on at once, except through a queue.
   */
  run(points: PointSource, ended: (outcome: PointOutcome) => void, signal?: AbortSignal): Promise<void>;
  /** Frees threads and connections. */
  close(): Promise<void>;
}
