/** What a run says, in a sentence: who misses, and why. */
import { sum } from "../../core/sum.ts";
import type { Verdict } from "../../records/report.ts";
import type { RunDetails } from "../../records/run-details.ts";
import type { AcceleratorResult, RunResult, TaskResult } from "../../records/run-result.ts";
import { percentText, significant } from "../number-text.ts";
import { unknownEnergyText } from "../unknown-energy-text.ts";
import { counted } from "../words.ts";

/** `details`: undefined if the run could not be repeated. */
export function runVerdict(result: RunResult, details?: RunDetails): Verdict {
  const released = count(result.metrics, "released");
  const violations = sum(result.tasks.map((task) => count(task, "violations")));
  const judged = sum(result.tasks.filter(hasDeadline).map((task) => count(task, "released")));
  const more = moreOf(result);
  if (released === 0)
    return { tone: "neutral", sentence: `No job was released${after(result)}: there is nothing to measure.`, more };
  if (violations > 0) return { tone: "bad", sentence: missSentence(result, judged, violations), more };
  if (judged === 0) return { tone: "neutral", sentence: `${freeSentence(result, released)}.`, more };
  const all = judged === 1 ? "The only job meets its deadline" : `All ${judged} jobs meet their deadlines`;
  const free = released > judged ? ` (${counted(released - judged, "more job")} without one)` : "";
  return { tone: "good", sentence: `${all}${free}${roomText(result, details)}.`, more };
}

const after = ({ warmupMs }: RunResult): string => (warmupMs > 0 ? " after the warm-up" : "");

function freeSentence({ metrics }: RunResult, released: number): string {
  const { meanResponseMs = null, p99Ms = null } = metrics;
  const who = released === 1 ? "The only job has no deadline" : `None of the ${released} jobs has a deadline`;
  const dropped = count(metrics, "dropped");
  const times =
    meanResponseMs === null || p99Ms === null
      ? ""
      : `; they take ${significant(meanResponseMs)} ms on average and ${significant(p99Ms)} ms at the 99th percentile`;
  return `${who}${times}${dropped > 0 ? `; ${dropped} ${dropped === 1 ? "is" : "are"} dropped` : ""}`;
}

function missSentence(result: RunResult, judged: number, violations: number): string {
  const dropped = sum(result.tasks.filter(hasDeadline).map((task) => count(task, "dropped")));
  const how =
    dropped === 0
      ? ""
      : dropped === violations
        ? ", all of them dropped"
        : ` (${violations - dropped} late, ${dropped} dropped)`;
  const verb = violations === 1 ? "misses its deadline" : "miss their deadlines";
  const who =
    violations === judged ? (judged === 1 ? "The only job" : `All ${judged} jobs`) : `${violations} of ${judged} jobs`;
  return `${who} ${verb}${how}${worstText(result, violations)}${bottleneckText(result)}.`;
}

/** Whose jobs miss; empty if there is only one task, so that nobody asks. */
function worstText({ tasks }: RunResult, violations: number): string {
  if (tasks.length === 1) return "";
  const worst = greatest(tasks, (task) => count(task, "violations"))!;
  const own = count(worst, "violations");
  const released = count(worst, "released");
  if (own === violations)
    return violations === 1 ? `; it is of ${worst.id}` : `; all of them are of ${worst.id}, which has ${released}`;
  return own * 2 > violations
    ? `; most are of ${worst.id}, ${own} of its ${released}`
    : `; no task has more of them than ${worst.id}, ${own} of its ${released}`;
}

/** An accelerator that is busy for this share has hardly any time left. */
const FULL = 0.97;
const BUSY = 0.6;

function bottleneckText({ accelerators, tasks, metrics }: RunResult): string {
  const busiest = mostBusy(accelerators);
  if (busiest === undefined) return "";
  const { id, utilisation } = busiest;
  const [least = 0] = accelerators.map(utilisationOf).toSorted((a, b) => a - b);
  if (least >= FULL)
    return `, and ${accelerators.length === 1 ? id : "every accelerator"} is overloaded: busy ${percentText(least)} of the time`;
  if (utilisation >= FULL) return `, and ${id} is overloaded: busy ${percentText(utilisation)} of the time`;
  if (utilisation >= BUSY) return `, and ${id} is the bottleneck at ${percentText(utilisation)}`;
  const waits =
    tasks.length > 1 || count(metrics, "released") > 1
      ? "the wait for others or the deadlines themselves are the cause"
      : "the deadline is the cause";
  return `, though no accelerator is busy for more than ${percentText(utilisation)}: ${waits}`;
}

function roomText({ accelerators }: RunResult, details: RunDetails | undefined): string {
  const spare = spareText(details);
  const busiest = mostBusy(accelerators);
  if (busiest === undefined) return spare;
  const { id, utilisation } = busiest;
  const who = accelerators.length === 1 ? id : `${id}, the busiest accelerator,`;
  return `${spare}; ${who} is busy ${percentText(utilisation)} of the time`;
}

/** Jobs of a task may have unlike deadlines, because of jitter or parents: then only a bound is known. */
function spareText(details: RunDetails | undefined): string {
  const calls = (details?.tasks ?? []).flatMap(({ id, deadlineMs, responseMs }) => {
    const longestMs = responseMs?.at(-1);
    if (deadlineMs === null || longestMs === undefined) return [];
    return { id, spareMs: deadlineMs.least - longestMs, isExact: deadlineMs.least === deadlineMs.most };
  });
  const [closest] = calls.toSorted((a, b) => a.spareMs - b.spareMs);
  if (closest === undefined || closest.spareMs <= 0) return "";
  const spare = `${significant(closest.spareMs)} ms to spare`;
  return closest.isExact ? `; the closest is ${closest.id}, with ${spare}` : `; all have at least ${spare}`;
}

const utilisationOf = (accelerator: AcceleratorResult): number => Number(accelerator.utilisation ?? 0);

function mostBusy(accelerators: readonly AcceleratorResult[]) {
  const busiest = greatest(accelerators, utilisationOf);
  return busiest && { id: busiest.id, utilisation: utilisationOf(busiest) };
}

function moreOf(result: RunResult): readonly string[] {
  const unknown = unknownEnergyText(result.unknownEnergy ?? []);
  const { energyMj = null } = result.metrics;
  if (unknown === undefined) return [];
  return [
    energyMj === null
      ? `${sentence(unknown)}, so UXCost and all else that needs it are absent.`
      : `${sentence(unknown)}.`,
  ];
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const hasDeadline = (task: TaskResult): boolean => typeof task.slaSatisfaction === "number";

const count = (values: Readonly<Record<string, unknown>>, name: string): number => Number(values[name] ?? 0);

/** The first one of the greatest. */
const greatest = <Item>(items: readonly Item[], of: (item: Item) => number): Item | undefined =>
  items.reduce<Item | undefined>((most, each) => (most === undefined || of(each) > of(most) ? each : most), undefined);
