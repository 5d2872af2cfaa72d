/** Runs what baselines have again, and compares. */
import type { CheckReport } from "../../records/check-report.ts";
import type { RequirementTally } from "../../run/requirements/requirement-tally.ts";
import { verdictText } from "../../run/requirements/requirement-tally.ts";
import type { BaselineFile, StoredBaseline } from "./baseline-file.ts";
import { baselineText } from "./baseline-text.ts";
import { baselineReport, checkReport } from "./compare-baselines.ts";
import { type MeasuredGrid, type MeasureOptions, measureGrid } from "./measure-grid.ts";
import type { JudgeOptions } from "./movements.ts";

export interface CheckOptions extends Omit<MeasureOptions, "finished">, JudgeOptions {
  /** What every run has to reach beside; it is told of them here. */
  readonly required: RequirementTally;
}

export interface Check {
  readonly report: CheckReport;
  /** What each baseline's grid measures now. */
  readonly measured: readonly MeasuredGrid[];
}

/** How many runs that takes. */
export const runsOf = (stored: readonly StoredBaseline[]): number =>
  stored.reduce((sum, { baseline: { rows, seeds } }) => sum + rows.length * seeds.length, 0);

/** Rejects with the signal's reason where that is aborted. */
export async function checkBaselines(stored: readonly StoredBaseline[], options: CheckOptions): Promise<Check> {
  const { required } = options;
  const finished: MeasureOptions["finished"] = (result, label) => required.add(result, label);
  const measured: MeasuredGrid[] = [];
  for (const { baseline } of stored) measured.push(await measureGrid(baseline, { ...options, finished }));
  const reports = stored.map((each, index) => baselineReport(each, measured[index]!, options));
  const requirements = required.verdicts().map((each) => ({
    requirement: each.requirement.text,
    text: verdictText(each),
    isMet: each.isMet,
  }));
  return { report: checkReport(reports, requirements, options), measured };
}

export type Update = "written" | "unchanged" | "incomplete";

/** Puts what was just measured in the baseline's place; one of which a run failed stays as it is. */
export function updateBaseline({ baseline }: StoredBaseline, measured: MeasuredGrid, file: BaselineFile): Update {
  if (measured.failures.length > 0) return "incomplete";
  if (baselineText(measured.baseline) === baselineText(baseline)) return "unchanged";
  file.write(measured.baseline);
  return "written";
}
