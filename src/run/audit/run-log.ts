/** What an audit replays, and what a rule is. */
import type { Program } from "../../core/program.ts";
import type { JobRecord, RunTotals, Segment } from "../../core/records.ts";

/** What an audit has to know of the run. */
export interface AuditOptions {
  readonly seed: number;
  /** Whether the policy asked for late drops. */
  readonly lateDrop: boolean;
}

/** What a run told: all of it. */
export interface RunLog {
  readonly program: Program;
  readonly options: AuditOptions;
  readonly jobs: readonly JobRecord[];
  readonly segments: readonly Segment[];
  readonly totals: RunTotals;
}

/** One rule group: findings in words, none where the rules hold. */
export type Rule = (log: RunLog) => readonly string[];
