/** What a diff says, in words and rows. */
import type { Judgement } from "../../records/explanation.ts";
import type { ChangedJob, Decision, DiffSide, JobFate, MetricDifference, RunDiff } from "../../records/run-diff.ts";
import { jobText, msText } from "../explanation/step-text.ts";
import { nothing, readable, significant } from "../number-text.ts";
import type { Table } from "../text-table.ts";
import { left, right } from "../text-table.ts";
import { subjectText } from "../variation-text.ts";
import { counted } from "../words.ts";

/** Jobs that are shown; JSON has all. */
const MOST_JOBS = 20;

export const diffTitle = ({ a, b, scenario }: RunDiff): string => `A ${a.label} and B ${b.label}, ${scenario}`;

/** A line for each side. */
export const sideLines = ({ a, b, scenario }: RunDiff): readonly string[] => [
  `A: ${sideText(a, scenario)}`,
  `B: ${sideText(b, scenario)}`,
];

function sideText(
  { scheduler, seed, durationMs, warmupMs, decisions, ...subject }: DiffSide,
  scenario: string,
): string {
  const warmup = warmupMs === 0 ? "" : ` after ${warmupMs} ms`;
  return `${scheduler.name}, ${subjectText({ scenario, ...subject })}, seed ${seed}, ${durationMs} ms${warmup}, ${counted(decisions, "decision")} carried out`;
}

/** Where the runs part. */
export function partingSentence({ parting, a }: RunDiff): string {
  if (parting === null) return `Both make the same ${counted(a.decisions, "decision")} at the same times.`;
  const before =
    parting.after === 0
      ? "They part at the first decision"
      : `They part after ${counted(parting.after, "equal decision")}`;
  const firstMs = Math.min(parting.a?.atMs ?? Infinity, parting.b?.atMs ?? Infinity);
  return `${before}, at ${msText(firstMs)} ms:`;
}

/** What one run does where they part, and its reasons. */
export interface PartingSide {
  readonly name: "A" | "B";
  readonly sentence: string;
  /** Why it waited before, and why it decided. */
  readonly reasons: readonly Judgement[];
  /** The decision whose job to mark among the candidates: the other run's, if it makes one. */
  readonly marked: Decision;
}

/** Empty if the runs do not part. */
export function partingSides({ parting }: RunDiff): readonly PartingSide[] {
  if (parting === null) return [];
  const { a, b } = parting;
  return [partingSide("A", a, b), partingSide("B", b, a)];
}

/** One of them decides something, else they would not part. */
function partingSide(name: "A" | "B", own: Decision | null, other: Decision | null): PartingSide {
  const reasons = [own?.waited, own?.why].filter((each) => each !== undefined);
  return { name, sentence: decisionSentence(own), reasons, marked: (other ?? own)! };
}

function decisionSentence(decision: Decision | null): string {
  if (decision === null) return "decides nothing more";
  return `at ${msText(decision.atMs)} ${decisionText(decision)}`;
}

function decisionText(decision: Decision): string {
  const job = jobText(decision);
  switch (decision.kind) {
    case "run":
      return `runs ${job}, ${layersText(decision)}, on ${decision.accelerator}${unitsText(decision)}`;
    case "preempt":
      return `preempts ${job} on ${decision.accelerator} by ${decision.how}`;
    case "drop":
      return `drops ${job}`;
    case "chooseVariant":
      return `chooses variant ${decision.variant} for ${job}`;
    default:
      return decision.kind satisfies never;
  }
}

function layersText({ layer = 0, layers = 1 }: Decision): string {
  return layers === 1 ? `layer ${layer}` : `layers ${layer} to ${layer + layers - 1}`;
}

const unitsText = ({ units = 1 }: Decision): string => (units === 1 ? "" : `, ${units} units`);

export function jobsSentence({ jobs, changedJobs }: RunDiff): string {
  if (changedJobs.length === 0) return `All ${counted(jobs, "job")} have the same fate in both runs.`;
  const better = changedJobs.filter(({ a, b }) => a?.outcome !== "met" && b?.outcome === "met").length;
  const worse = changedJobs.filter(({ a, b }) => a?.outcome === "met" && b?.outcome !== "met").length;
  const shown = changedJobs.length > MOST_JOBS ? `; the first ${MOST_JOBS} of them` : "";
  return `The fate of ${changedJobs.length} of ${counted(jobs, "job")} differs: ${better} in time with B alone, ${worse} with A alone${shown}:`;
}

export const jobsTable = ({ changedJobs }: RunDiff): Table => ({
  columns: [left("job"), left("A"), right("end ms"), right("lateness"), left("B"), right("end ms"), right("lateness")],
  rows: changedJobs
    .slice(0, MOST_JOBS)
    .map((job: ChangedJob) => [jobText(job), ...fateCells(job.a), ...fateCells(job.b)]),
});

const fateCells = (fate: JobFate | null): readonly string[] =>
  fate === null
    ? ["absent", nothing, nothing]
    : [fate.outcome, msText(fate.endMs), fate.latenessMs === null ? nothing : msText(fate.latenessMs)];

/** Metrics that differ. */
export function metricsTable({ metrics }: RunDiff): Table {
  return {
    columns: [left("metric"), right("A"), right("B"), right("B - A"), right("B / A")],
    rows: metrics.filter(({ a, b }) => a !== b).map(metricRow),
  };
}

function metricRow({ name, unit, a, b, difference, ratio }: MetricDifference): readonly string[] {
  return [
    // Shares are shown in percent; other names say their unit.
    unit === "share" ? `${name} %` : name,
    readable(a, unit),
    readable(b, unit),
    readable(difference, unit),
    ratio === null ? nothing : significant(ratio),
  ];
}

export function sameMetricsSentence({ metrics }: RunDiff): string | undefined {
  const same = metrics.filter(({ a, b }) => a === b).length;
  return same === 0 ? undefined : `${counted(same, "metric")} ${same === 1 ? "is" : "are"} the same in both.`;
}
