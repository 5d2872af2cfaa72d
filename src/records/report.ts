/** What `rtmm report` shows: records with what was concluded from them, ready to be put into a page. */
import type { CaseBound } from "./case-bound.ts";
import type { CheckReport } from "./check-report.ts";
import type { Comparison } from "./comparison.ts";
import type { Explanation } from "./explanation.ts";
import type { RunDetails } from "./run-details.ts";
import type { InputFile, RunResult } from "./run-result.ts";
import type { SweepReport } from "./sweep-report.ts";

export type Report = RunsReport | ComparisonPage | SweepPage | CheckPage;

export interface ReportFacts {
  readonly title: string;
  /** What the whole says, in a sentence. */
  readonly verdict: Verdict;
  /** Repeats what is shown. */
  readonly command: string;
  readonly rtmmVersion: string;
}

export interface Verdict {
  readonly tone: "good" | "bad" | "neutral";
  readonly sentence: string;
  /** What else matters, a sentence each. */
  readonly more: readonly string[];
}

export interface RunsReport extends ReportFacts {
  readonly kind: "runs";
  /** At least one. */
  readonly runs: readonly ReportedRun[];
}

export interface ReportedRun {
  readonly result: RunResult;
  /** Absent: the run could not be repeated. */
  readonly details?: RunDetails;
  readonly verdict: Verdict;
  /** Why there is no timeline, or not all of it; absent: all of it is there. */
  readonly timelineNote?: string;
  /** Of these jobs the story is there: those that miss, the worst first, then those with the least slack. */
  readonly stories: number;
  /** `rtmm explain` for the run; `--task` and `--job` follow. */
  readonly explainCommand: string;
}

/** A story without what all stories of a run share. */
export type StoryRecord = Pick<Explanation, "job" | "steps" | "blockers" | "omittedDecisions" | "rescues">;

export interface ComparisonPage extends ReportFacts {
  readonly kind: "comparison";
  readonly comparison: Comparison;
  /** Of the cases for which one is known. */
  readonly bounds: readonly CaseBound[];
}

export interface SweepPage extends ReportFacts {
  readonly kind: "sweep";
  readonly sweep: SweepReport;
  readonly inputs: readonly InputFile[];
}

export interface CheckPage extends ReportFacts {
  readonly kind: "check";
  readonly check: CheckReport;
}
