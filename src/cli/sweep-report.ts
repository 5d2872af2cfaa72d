/** The final report of `sweep` and `merge`, and the options that control it. */

import type { Command } from "commander";
import type { Metric } from "../metrics/metric.ts";
import type { Format } from "../output/format.ts";
import { wrapped } from "../output/lines.ts";
import { sweepFormats } from "../output/sweep/index.ts";
import { precisionLines } from "../output/sweep/precision-text.ts";
import type { SweepReport } from "../records/sweep-report.ts";
import { parseRequirements, type Requirement } from "../run/requirements/requirement.ts";
import type { ShownFolder } from "../studies/folder/shown-folder.ts";
import type { SweepManifest } from "../studies/sweep/folder/manifest.ts";
import { shownMetrics, usualMetrics } from "../studies/sweep/summary/shown-metrics.ts";
import { summarise } from "../studies/sweep/summary/summarise.ts";
import type { Invocation } from "./command.ts";
import { type ExitCode, exitCode } from "./exit-codes.ts";
import { declareFormat, formatNamed } from "./options/format-option.ts";
import { declareRequire, type RequireOption, requirementsOf, showRequirements } from "./options/require-option.ts";
import { listed } from "./options/run-options.ts";

export interface ReportOptions extends RequireOption {
  readonly metric?: readonly string[];
  readonly pareto?: readonly string[];
  readonly format?: string;
}

/** Report options, checked before anything runs. */
export interface ReportSettings {
  readonly format: Format<SweepReport>;
  readonly metrics: readonly Metric[];
  readonly pareto: readonly Metric[] | undefined;
  readonly requirements: readonly Requirement[];
}

/** Tables are for people. JSON and CSV output may be longer. Files hold every group. */
const MOST_ROWS = 40;
const MOST_RECORDS = 10_000;

export const mostShown = ({ name }: Format<never>): number =>
  name === "table" || name === "markdown" ? MOST_ROWS : MOST_RECORDS;

export function declareReport(declaration: Command): Command {
  const common = declaration
    .option("-m, --metric <name,…>", `metrics to show, or all (default: ${usualMetrics.join(",")})`, listed)
    .option("--pareto <metric,…>", "show only Pareto-optimal groups in these metrics; also writes pareto.csv", listed);
  return declareFormat(declareRequire(common), sweepFormats);
}

/** Throws RequestError for unknown metrics, formats or requirements. */
export function reportSettings(options: ReportOptions): ReportSettings {
  const { metric: metrics, pareto } = options;
  return {
    ...shownMetrics({ metrics, pareto }),
    format: formatNamed(options.format ?? "table", sweepFormats),
    requirements: requirementsOf(options),
  };
}

/** Writes the summary of a finished sweep and prints it. */
export function showSweep(
  folder: ShownFolder,
  manifest: SweepManifest,
  settings: ReportSettings,
  invocation: Invocation,
): ExitCode {
  const { format, requirements: asked } = settings;
  const { report, requirements, unknown } = summarise(folder.path, manifest, {
    ...settings,
    requirements: [...parseRequirements(manifest.requirements), ...asked],
    mostGroups: mostShown(format),
  });
  invocation.print(format.render(report, invocation.textOptions));
  const files = ["points.jsonl", "summary.csv", ...(report.pareto === null ? [] : ["pareto.csv"])];
  // Tables already say so.
  if (report.moreGroups > 0 && mostShown(format) === MOST_RECORDS)
    invocation.note(`${report.moreGroups} more groups are in ${folder.shown}/${files.at(-1)}`);
  invocation.note(`${files.join(", ")} are in ${folder.shown}`);
  if (unknown !== undefined) invocation.note(wrapped(`warning: ${unknown}, so metrics that need it are absent`, "  "));
  notePrecision(report, invocation);
  const isMet = showRequirements(requirements, invocation);
  if (report.failed > 0) invocation.note(failedText(report));
  return report.failed > 0 ? exitCode.failed : isMet ? exitCode.ok : exitCode.regression;
}

function notePrecision(report: SweepReport, { note }: Invocation): void {
  if (report.precision === null) return;
  const [first, ...others] = precisionLines(report.precision, report);
  note([wrapped(first!, "  "), ...others.map((line) => `  ${wrapped(line, "    ")}`)].join("\n"));
}

const failedText = ({ failed, points }: SweepReport): string =>
  `error: ${failed} of ${points} points failed; points.jsonl has the reasons, and --resume runs them again`;
