/** A point is one run of a plan. Its request and outcome can be sent to other threads and machines. */
import type { RunResult } from "../records/run-result.ts";
import type { RunRequest } from "../run/run-setup.ts";

export interface Point {
  /** Position in its plan, from 0. Identifies the point. */
  readonly index: number;
  readonly request: RunRequest;
  /** Absent: the whole result. */
  readonly wanted?: WantedResult;
}

/**
 * `scenario`: only the metrics of the scenario as a whole. The lists of tasks, accelerators, phases, files and warnings
 * are empty. A result is then a quarter as long, which matters when thousands of short runs cross between threads.
 */
export type WantedResult = "scenario";

export type PointOutcome = FinishedPoint | FailedPoint;

export interface FinishedPoint {
  readonly kind: "done";
  readonly index: number;
  readonly result: RunResult;
  /** Problems that the audit found. Absent if there were none or no audit was requested. */
  readonly findings?: readonly string[];
}

export interface FailedPoint {
  readonly kind: "failed";
  readonly index: number;
  readonly failure: PointFailure;
}

export interface PointFailure {
  /** `input`: invalid request. `policy`: the scheduler broke its contract. `crash`: the point killed its worker. */
  readonly kind: "input" | "policy" | "internal" | "crash";
  /** As a command would print it. May have several lines. */
  readonly message: string;
}

/** Points by index. They are made on request, so a plan may have any number of them. */
export interface PointSource {
  readonly count: number;
  /** Points of a case have consecutive indexes from k * caseSize. They share costs, so one worker should run them. */
  readonly caseSize: number;
  /** The wanted part of every point's result. Absent: the whole result. */
  readonly wanted?: WantedResult;
  /** undefined if this point needs no run. */
  request(index: number): RunRequest | undefined;
}

/** Runs points. `ended` is called once for each point as soon as it ends, in any order. */
export interface PointExecutor {
  /**
   * Resolves when all points have ended. Rejects with the signal's reason if it is aborted, or with what `ended`
   * throws. Never calls `ended` after it has settled. Several calls may overlap, except through a queue.
   */
  run(points: PointSource, ended: (outcome: PointOutcome) => void, signal?: AbortSignal): Promise<void>;
  /** Frees threads and connections. */
  close(): Promise<void>;
}
