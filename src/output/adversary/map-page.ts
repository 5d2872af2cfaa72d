/** The page that shows for each scheduler where it loses most, and why. All of it follows from the searches. */
import type { AdversaryMatrix, AdversaryReport, FarthestCase, FoundTask } from "../../records/adversary.ts";
import { markdownTable } from "../markdown-table.ts";
import { significant } from "../number-text.ts";
import { matrixSearchSentence, matrixTable, reasonLines } from "./matrix.ts";
import { whyLoses } from "./why.ts";
import { ratioText, systemSentence, tasksTable } from "./words.ts";

/** Paths from the page. */
export interface MapFiles {
  readonly matrix: string;
  /** Of each scheduler in turn: its worst case, with timelines of both; undefined: it loses nowhere. */
  readonly worst: readonly ((MapCase & { readonly a: string; readonly b: string }) | undefined)[];
  /** Of each scheduler in turn where it is farthest from the bound; undefined: it reaches it, or no bound was searched. */
  readonly farthest: readonly ((MapCase & { readonly a: string }) | undefined)[];
}

export interface MapCase {
  readonly scenario: string;
  /** undefined: one of the ranges, unchanged. */
  readonly system: string | undefined;
}

export interface MapSource {
  /** The command that wrote the page. */
  readonly command: string;
  /** How the folder of a pair's files is shown. */
  folderOf(report: AdversaryReport): string;
}

export function mapPage(matrix: AdversaryMatrix, files: MapFiles, source: MapSource): string {
  const { schedulers, worst, metric, farthest } = matrix;
  const sections = schedulers.map(({ label }, index) => [
    ...section(label, worst[index]!, files.worst[index], source),
    ...(farthest === undefined ? [] : distance(farthest[index]!, files.farthest[index], source)),
  ]);
  const parts = [
    "# Where each scheduler loses",
    `This page is written by \`${source.command}\`; [adversary](adversary.md) says how. For each scheduler it shows the case in which a search found it to lose most to another one in ${metric.title}, made as small as the loss allows. A loss that is not here may still exist: a search finds losses, it does not prove that there are no others.`,
    matrixSearchSentence(matrix),
    `![${metric.title}: how many times worse the scheduler of a row is than that of a column](${files.matrix})`,
    ...sections.flat(),
    "## All pairs",
    `How many times worse the scheduler of a row is, where it was found to lose most to that of a column.${farthest === undefined ? "" : " The last column says how many times the proven bound it takes, where it was found to be farthest from it."}`,
    markdownTable(matrixTable(matrix)),
    ...reasonLines(matrix),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(
  label: string,
  report: AdversaryReport | null,
  files: MapFiles["worst"][number],
  source: MapSource,
): readonly string[] {
  if (report === null) return [`## ${label}`, "No search found a case in which it loses."];
  const { smallest, b, metric } = report;
  const { loss, durationMs } = smallest!;
  const why = whyLoses(report)!;
  return [
    `## ${label}`,
    `**Loses most to ${b.label}**: ${metric.title} ${significant(loss.a)} against ${significant(loss.b)}, ${ratioText(loss)} times. ${why.what} ${why.cause}`,
    ...(files === undefined ? [] : [pictureTable(report, files)]),
    markdownTable(tasksTable(smallest!, report.comparison)),
    `${systemSentence(smallest!)} ${durationMs} ms, ${taskCount(smallest!.tasks)}; ${filesText(files, source.folderOf(report))}.`,
  ];
}

/** Of a scheduler from the proven bound. */
function distance(
  { loss, report }: FarthestCase,
  files: MapFiles["farthest"][number],
  source: MapSource,
): readonly string[] {
  if (loss === null) return [];
  if (report === null) return ["No search found a case in which it is above the proven bound."];
  const { smallest, metric, comparison } = report;
  const { durationMs, tasks, loss: small } = smallest!;
  const why = whyLoses(report)!;
  return [
    `**Farthest from possible**: ${metric.title} ${significant(small.a)} against a proven bound of ${significant(small.b)}, ${ratioText(small)} times. ${why.what} ${why.cause}`,
    ...(files === undefined ? [] : [`![${report.a.label}, seed ${comparison!.seed}](${files.a})`]),
    `${systemSentence(smallest!)} ${durationMs} ms, ${taskCount(tasks)}: ${tasks.map(({ id }) => id).join(", ")}; ${filesText(files, source.folderOf(report))}.`,
  ];
}

function filesText(files: MapCase | undefined, folder: string): string {
  const links = files && [
    `[scenario](${files.scenario})`,
    ...(files.system === undefined ? [] : [`[system](${files.system})`]),
  ];
  return `${links === undefined ? "files and story" : `${links.join(", ")}, story`} in \`${folder}\``;
}

const taskCount = (tasks: readonly FoundTask[]): string => (tasks.length === 1 ? "one task" : `${tasks.length} tasks`);

const pictureTable = (
  { a, b, comparison }: AdversaryReport,
  pictures: { readonly a: string; readonly b: string },
): string => {
  const cell = (label: string, path: string): string => `![${label}, seed ${comparison!.seed}](${path})`;
  return [
    `| ${a.label} | ${b.label} |`,
    "| --- | --- |",
    `| ${cell(a.label, pictures.a)} | ${cell(b.label, pictures.b)} |`,
  ].join("\n");
};
