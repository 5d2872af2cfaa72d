/** What figures show of a run beyond its result. Times are ms, energy is mJ. */
import type { RunResult } from "./run-result.ts";
import type { Timeline } from "./timeline.ts";

/** A run as figures see it. */
export interface PicturedRun {
  readonly result: RunResult;
  /** undefined: the run could not be repeated, so only its result is there. */
  readonly details?: RunDetails | undefined;
  /** Violations that no scheduler can avoid, of all jobs with a deadline; undefined: none are proven. */
  readonly leastViolations?: { readonly violations: number; readonly jobs: number } | undefined;
  /** A window of the run; undefined: none was kept. */
  readonly timeline?: Timeline | undefined;
}

export interface RunDetails {
  /** In the order of the scenario. */
  readonly tasks: readonly TaskDetails[];
  /** In the order of the system. */
  readonly accelerators: readonly AcceleratorDetails[];
}

/** Of measured jobs. */
export interface TaskDetails {
  readonly id: string;
  /** Time from a job's release to its deadline; null: no job has one. */
  readonly deadlineMs: { readonly least: number; readonly most: number } | null;
  /** The task's term in the first factor of UXCost; null: no job has a deadline. */
  readonly violationTerm: number | null;
  /** Its term in the second factor: energy / worst-case energy of the same jobs; null: not known, or no job. */
  readonly energyTerm: number | null;
  /**
   * Response times of completed jobs: the shortest, then for each whole percentage up to 100 the time that so many took
   * at most (nearest rank). null: none completed.
   */
  readonly responseMs: readonly number[] | null;
}

/** What the energy of an accelerator was for, in the whole run. null: not known. */
export interface AcceleratorDetails {
  readonly id: string;
  /** Layers of jobs that completed in time, or have no deadline. */
  readonly inTimeMj: number | null;
  /** Layers of jobs that completed late. */
  readonly lateMj: number | null;
  /** Layers of jobs that were dropped, and work that a kill threw away. */
  readonly lostMj: number | null;
  /** Moves of live activations. */
  readonly switchesMj: number | null;
  /** Loads of weights. */
  readonly weightsMj: number | null;
}
