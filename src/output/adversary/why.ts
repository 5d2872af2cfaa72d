/** Why A loses to B in a case, in two sentences: what A loses, and the largest difference in what both did. By rules alone. */
import type { AdversaryReport, LossFacts, SideFacts } from "../../records/adversary.ts";
import { significant } from "../number-text.ts";
import { counted } from "../words.ts";
import { type Cause, LEAST_SHARE, largestCause, missesOf, msText, type Why } from "./causes.ts";
import { whyFar } from "./why-far.ts";

/** undefined: there is no case. */
export function whyLoses(report: Pick<AdversaryReport, "comparison" | "metric" | "smallest">): Why | undefined {
  if (report.comparison === null) return undefined;
  const { a, b, seed } = report.comparison;
  if ("kind" in b) return whyFar(a, b);
  const comparison: PairFacts = { a, b, seed };
  const kind = kindOf(comparison);
  const cause = (kind === "energy" ? energyCause(comparison) : undefined) ?? causeSentence(comparison);
  return { what: whatSentence(comparison, report), cause };
}

/** Of two schedulers. */
type PairFacts = LossFacts & { readonly b: SideFacts };

/** How many times as much; half a violation more on both sides, so that none can be compared. */
const violationRatio = ({ a, b }: PairFacts): number => (missesOf(a) + 0.5) / (missesOf(b) + 0.5);
const energyRatio = ({ a, b }: PairFacts): number =>
  a.energyMj === null || b.energyMj === null || b.energyMj === 0 ? 1 : a.energyMj / b.energyMj;
const responseRatio = ({ a, b }: PairFacts): number =>
  a.meanResponseMs === null || b.meanResponseMs === null || b.meanResponseMs === 0
    ? 1
    : a.meanResponseMs / b.meanResponseMs;

type Kind = "violations" | "energy" | "response" | "neither";

/** What A is most times worse in. */
function kindOf(facts: PairFacts): Kind {
  const ratios: readonly (readonly [Kind, number])[] = [
    ["violations", violationRatio(facts)],
    ["energy", energyRatio(facts)],
    ["response", responseRatio(facts)],
  ];
  const [kind, ratio] = ratios.reduce((largest, each) => (each[1] > largest[1] ? each : largest));
  return ratio > 1 + LEAST_SHARE ? kind : "neither";
}

function whatSentence(facts: PairFacts, { metric, smallest }: Pick<AdversaryReport, "metric" | "smallest">): string {
  const { a, b } = facts;
  const kind = kindOf(facts);
  if (kind === "violations") return violationSentence(facts);
  if (kind === "energy")
    return `${missesText(facts)} ${a.label} takes ${significant(energyRatio(facts))} times the energy: ${significant(a.energyMj!)} mJ against ${significant(b.energyMj!)} mJ.`;
  if (kind === "response")
    return `${missesText(facts)} jobs of ${a.label} take ${significant(responseRatio(facts))} times as long: ${significant(a.meanResponseMs!)} ms against ${significant(b.meanResponseMs!)} ms on average.`;
  const values = smallest === null ? "" : ` (${significant(smallest.loss.a)} against ${significant(smallest.loss.b)})`;
  return `${a.label} loses in ${metric.title}${values}, with no more violations, energy or time per job.`;
}

const missesText = ({ a, b }: PairFacts): string => {
  const [own, other] = [missesOf(a), missesOf(b)];
  if (own !== other) return `${a.label} misses ${own} of ${a.jobs} deadlines and ${b.label} ${other}, but`;
  return own === 0 ? "Both meet all deadlines, but" : `Both miss ${own} of ${a.jobs} deadlines, but`;
};

function violationSentence({ a, b }: PairFacts): string {
  const other = missesOf(b);
  const start = `${a.label} misses ${missesOf(a)} of ${a.jobs} deadlines, ${b.label} ${other === 0 ? "none" : other}`;
  if (a.tasks.length < 2) return `${start}.`;
  const worst = a.tasks
    .map((task, index) => ({ ...task, others: b.tasks[index]!.violations }))
    .reduce((most, task) => (task.violations - task.others > most.violations - most.others ? task : most));
  return `${start}; most of the difference is ${worst.id}, with ${worst.violations} of ${worst.jobs} against ${worst.others}.`;
}

function causeSentence(facts: PairFacts): string {
  const largest = largestCause(causes(facts));
  if (largest.ms > LEAST_SHARE * Math.max(facts.a.endMs, facts.b.endMs)) return largest.sentence;
  return moreWork(facts) ?? otherOrder(facts);
}

/** undefined: no place takes much more energy than the other scheduler's. */
function energyCause(facts: PairFacts): string | undefined {
  const { a, b } = facts;
  const extra = (side: SideFacts): number => (side.energyMj ?? Number.NaN) - (side.leastEnergyMj ?? Number.NaN);
  const more = extra(a) - extra(b);
  if (!(more > LEAST_SHARE * a.energyMj!)) return undefined;
  const text = ({ energyMj, leastEnergyMj }: SideFacts): string =>
    `${significant(energyMj!)} mJ for work that takes ${significant(leastEnergyMj!)} mJ at best`;
  return `It runs layers where they take more energy: ${text(a)}, against ${significant(b.energyMj!)} for ${significant(b.leastEnergyMj!)} of ${b.label}${placesText(facts)}.`;
}

/** The first of equal ones explains. */
function causes(facts: PairFacts): readonly Cause[] {
  const { a, b } = facts;
  const more = (key: "idleWhileWaitingMs" | "overheadMs" | "lostMs"): number => a[key] - b[key];
  const slow = (side: SideFacts): number => side.computingMs - side.fastestMs;
  const perJob = b.completed === 0 ? 0 : b.computingMs / b.completed;
  return [
    {
      ms: slow(a) - slow(b),
      sentence: `It runs layers away from their fastest accelerator: ${timeFor(a)}, against ${timeFor(b)} of ${b.label}${placesText(facts)}.`,
    },
    {
      ms: more("idleWhileWaitingMs"),
      sentence: `It leaves accelerators free for ${msText(a.idleWhileWaitingMs)} while jobs wait that could run there, ${b.label} for ${msText(b.idleWhileWaitingMs)}.`,
    },
    {
      ms: more("overheadMs"),
      sentence: `It switches contexts ${counted(a.contextSwitches, "time")}, ${b.label} ${b.contextSwitches}: moves, loads and decisions take ${msText(a.overheadMs)} against ${msText(b.overheadMs)}.`,
    },
    {
      ms: more("lostMs"),
      sentence: `It kills running jobs, and ${msText(a.lostMs)} of work are done again, against ${msText(b.lostMs)} of ${b.label}.`,
    },
    {
      ms: (a.droppedByPolicy - b.droppedByPolicy) * perJob,
      sentence: `It gives up ${counted(a.droppedByPolicy, "job")} by itself, ${b.label} ${b.droppedByPolicy}.`,
    },
  ];
}

const timeFor = ({ computingMs, fastestMs }: SideFacts): string =>
  `${msText(computingMs)} for ${msText(fastestMs)} of work`;

/** The task whose accelerators differ most. */
function placesText({ a, b }: PairFacts): string {
  const moved = a.tasks
    .map((task, index) => ({ id: task.id, ...mainPlaces(task.computingMs, b.tasks[index]!.computingMs) }))
    .filter(({ own, other }) => own !== undefined && other !== undefined && own.id !== other.id)
    .toSorted((x, y) => y.own!.ms - x.own!.ms)[0];
  if (moved === undefined) return "";
  return `; ${moved.id} runs mostly on ${moved.own!.id} there, and on ${moved.other!.id} under ${b.label}`;
}

type Times = Readonly<Record<string, number>>;

const mainPlaces = (own: Times, other: Times) => ({ own: mainPlace(own), other: mainPlace(other) });

const mainPlace = (times: Times): { readonly id: string; readonly ms: number } | undefined =>
  Object.entries(times)
    .map(([id, ms]) => ({ id, ms }))
    .toSorted((x, y) => y.ms - x.ms)[0];

/** Jobs that it finishes and the other does not take time and energy. */
function moreWork({ a, b }: PairFacts): string | undefined {
  if (a.completed <= b.completed) return undefined;
  const late = a.late - b.late;
  const lateText = late > 0 ? `, ${late} more of them late` : "";
  return `It finishes ${counted(a.completed, "job")} and ${b.label} ${b.completed}${lateText}: work that ${b.label} spares.`;
}

function otherOrder({ a, b }: PairFacts): string {
  const saved = a.tasks
    .map((task, index) => ({ id: task.id, more: b.tasks[index]!.violations - task.violations }))
    .toSorted((x, y) => y.more - x.more)[0];
  const gain = saved !== undefined && saved.more > 0 ? `: it saves ${counted(saved.more, "job")} of ${saved.id}` : "";
  return `Both use the accelerators alike, so it is the order: ${a.label} serves other jobs first${gain}.`;
}
