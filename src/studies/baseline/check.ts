/** Repeats the runs of baselines and compares the results. */
import type { CheckReport } from "../../records/check-report.ts";
import type { RequirementTally } from "../../run/requirements/requirement-tally.ts";
import { verdictText } from "../../run/requirements/requirement-tally.ts";
import type { BaselineFile, StoredBaseline } from "./baseline-file.ts";
import { baselineText } from "./baseline-text.ts";
import { baselineReport, checkReport } from "./compare-baselines.ts";
import { type MeasuredGrid, type MeasureOptions, measureGrid } from "./measure-grid.ts";
import type { JudgeOptions } from "./movements.ts";

export interface CheckOptions extends Omit<MeasureOptions, "finished">, JudgeOptions {
  /** Further requirements. Receives the result of every run. */
  readonly required: RequirementTally;
}

export interface Check {
  readonly report: CheckReport;
  /** The current measurement of each baseline's grid. */
  readonly measured: readonly MeasuredGrid[];
}

/** Number of runs of a check. */
export const runsOf = (stored: readonly StoredBaseline[]): number =>
  stored.reduce((sum, { baseline: { rows, seeds } }) => sum + rows.length * seeds.length, 0);

/** Rejects with the signal's reason if it is aborted. */
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

/** Replaces the baseline with the new measurement, unless one of its runs failed. */
export function updateBaseline({ baseline }: StoredBaseline, measured: MeasuredGrid, file: BaselineFile): Update {
  if (measured.failures.length > 0) return "incomplete";
  if (baselineText(measured.baseline) === baselineText(baseline)) return "unchanged";
  file.write(measured.baseline);
  return "written";
}
