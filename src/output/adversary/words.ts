/** What the formats of a search share. */
import type { AdversaryReport, BoundFacts, FoundCase, FoundTask, Loss, SideFacts } from "../../records/adversary.ts";
import { significant } from "../number-text.ts";
import type { Table } from "../text-table.ts";
import { left, right } from "../text-table.ts";
import { counted, seedsText } from "../words.ts";

export function reportTitle(report: AdversaryReport): string {
  const { a, b, smallest, found, metric } = report;
  if ("kind" in b) return boundTitle(report);
  if (smallest !== null)
    return `${a.label} loses to ${b.label}: ${metric.title} is ${ratioText(smallest.loss)} ${timesText(metric.better)}`;
  const best = found === null ? "" : ` (at most ${ratioText(found.loss)} times)`;
  return `${a.label} loses nowhere to ${b.label} in ${metric.title}${best}`;
}

function boundTitle({ a, smallest, found, metric }: AdversaryReport): string {
  if (smallest !== null)
    return `${a.label} is far from possible: ${metric.title} is ${ratioText(smallest.loss)} ${timesText(metric.better)} as the bound`;
  return found === null
    ? `${a.label} was compared with no bound in ${metric.title}`
    : `${a.label} reaches the bound on ${metric.title} everywhere`;
}

const timesText = (better: AdversaryReport["metric"]["better"]): string =>
  better === "higher" ? "times as low" : "times as high";

export const ratioText = ({ ratio, isCapped }: Loss): string => `${isCapped ? "at least " : ""}${significant(ratio)}`;

export function lossTable({ a, b, found, smallest }: AdversaryReport): Table {
  const rows = [
    ["found", found],
    ["smallest", smallest],
  ] as const;
  return {
    columns: [
      left("case"),
      right("tasks"),
      right("accelerators"),
      right("ms"),
      right(a.label),
      right(b.label),
      right("times"),
    ],
    rows: rows.flatMap(([name, each]) => (each === null ? [] : [[name, ...caseCells(each)]])),
  };
}

const caseCells = ({ tasks, accelerators, durationMs, loss }: FoundCase): readonly string[] => [
  String(tasks.length),
  accelerators === null ? "as given" : String(accelerators.length),
  String(durationMs),
  significant(loss.a),
  significant(loss.b),
  ratioText(loss),
];

export function tasksTable({ tasks }: FoundCase, comparison: AdversaryReport["comparison"]): Table {
  const misses = ({ tasks: all }: SideFacts | BoundFacts, index: number): string => String(all[index]!.violations);
  const sides = comparison === null ? [] : [comparison.a, comparison.b];
  return {
    columns: [
      ...[left("task"), left("model"), left("released"), left("deadline")],
      ...(comparison === null ? [] : [right("jobs"), ...sides.map(({ label }) => right(label))]),
    ],
    rows: tasks.map((task, index) => [
      ...[task.id, task.model, releaseText(task), deadlineText(task)],
      ...(comparison === null ? [] : [String(comparison.a.tasks[index]!.jobs)]),
      ...sides.map((side) => misses(side, index)),
    ]),
  };
}

function releaseText({ fps, offsetMs, jitterMs, after, priority }: FoundTask): string {
  const extras = [
    ...(offsetMs === undefined ? [] : [`from ${offsetMs} ms`]),
    ...(jitterMs === undefined ? [] : [`± ${jitterMs} ms`]),
    ...(priority === undefined ? [] : [`priority ${priority}`]),
  ];
  return [after === undefined ? `${fps} fps` : afterText(after), ...extras].join(", ");
}

function afterText(after: unknown): string {
  if (typeof after === "string") return `after ${after}`;
  const { task, probability } = after as { readonly task: string; readonly probability: number };
  return `after ${task} (${probability})`;
}

const deadlineText = ({ deadlineMs, after }: FoundTask): string => {
  if (deadlineMs !== undefined) return `${deadlineMs} ms`;
  return after === undefined ? "a period" : "of its root";
};

export function systemSentence({ system, accelerators }: FoundCase): string {
  return accelerators === null ? `On ${system}.` : `On ${system} with ${accelerators.join(", ")}.`;
}

/** `seed` shows the loss most. */
export const seedSentence = ({ comparison }: AdversaryReport): string =>
  comparison === null ? "" : `Jobs and misses are those of seed ${comparison.seed}.`;

export function searchSentence({ search, metric }: AdversaryReport): string {
  const { tried, triedToShrink, ranges, chains, seeds, refused } = search;
  const shrunk = triedToShrink === 0 ? "" : `, and ${triedToShrink} more to make it smaller`;
  const not = refused.reduce((sum, { times }) => sum + times, 0);
  const reason =
    not === 0 ? "" : ` ${counted(not, "scenario")} could not be compared, first of all: ${refused[0]!.reason}.`;
  return `Tried ${counted(tried, "scenario")} within ${ranges} in ${counted(chains, "chain")}${shrunk}; ${metric.name} is a mean over ${seedsText(seeds)}.${reason}`;
}

/** What repeats the loss. */
export function againCommand({ files, a, b, metric, search }: AdversaryReport): string | undefined {
  if (files === null) return undefined;
  const { seeds } = search;
  const from = seeds[0] === 1 ? "" : ` --seed ${seeds[0]}`;
  const isBound = "kind" in b;
  const shown = isBound ? [a.label] : [a.label, b.label];
  const labels = shown.map((label) => (/^[\w./:=+-]+$/.test(label) ? label : `'${label}'`)).join(",");
  return `rtmm compare ${files.scenario} -S ${files.system} --schedulers ${labels} -m ${metric.name} --seeds ${seeds.length}${from}${isBound ? " --bound" : ""}`;
}
