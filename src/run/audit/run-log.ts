/** The log that an audit replays, and the type of its rules. */

import type { RunEvent, SegmentBegun, SegmentEnded } from "../../core/events.ts";
import type { Program } from "../../core/program.ts";
import type { JobRecord, RunTotals, Segment } from "../../core/records.ts";

/** Facts about the run that an audit needs. */
export interface AuditOptions {
  readonly seed: number;
  /** Whether the policy asked for late drops. */
  readonly lateDrop: boolean;
}

/** Everything that a run reported. */
export interface RunLog {
  readonly program: Program;
  readonly options: AuditOptions;
  readonly jobs: readonly JobRecord[];
  readonly segments: readonly Segment[];
  /** What jobs went through, in the order in which it happened; empty where no task reads and none has a queue. */
  readonly course: readonly RunEvent[];
  /** Begins and ends of segments in the order in which they happened; empty without weight memories. */
  readonly marks: readonly (SegmentBegun | SegmentEnded)[];
  readonly totals: RunTotals;
}

/** A group of rules. Returns findings in words, none if the rules hold. */
export type Rule = (log: RunLog) => readonly string[];
