/** What tables of capacities say, as text; how it is drawn is up to the format. */
import { nothing, readable, significant } from "../number-text.ts";
import { left, right, type TextColumn } from "../text-table.ts";
import type { Capacity, CapacityAnswer, CaseCapacity } from "./capacity.ts";

/** One line that says what was searched. */
export function capacityTitle({ cases, bounds, task, durationMs, warmupMs }: Capacity): string {
  const [only] = cases;
  const where = cases.length === 1 ? caseTitle(only!) : `${cases.length} cases`;
  const rates = task === null ? "all rates" : `the rate of ${task}`;
  const duration = durationMs === null ? "" : `, ${durationMs} ms`;
  const warmup = warmupMs === 0 ? "" : ` after ${warmupMs} ms`;
  return `${where}: largest factor on ${rates} with ${bounds.join(" and ")}${duration}${warmup}`;
}

export const caseTitle = ({ scenario, system }: CaseCapacity): string => `${scenario} on ${system}`;

/** How to read the columns. */
export function legend({ seeds, tolerance, cases }: Capacity): string {
  const ofSeeds = seeds.length === 1 ? `seed ${seeds[0]}` : `mean over seeds ${seeds[0]} to ${seeds.at(-1)}`;
  const exact = "exact: nothing is random, so one run says all";
  const parts = [
    ...(cases.every(({ isExact }) => isExact) ? [] : [ofSeeds]),
    ...(cases.some(({ isExact }) => isExact) ? [exact] : []),
    `fails from: the next factor looked at, at most ${Number((tolerance * 100).toPrecision(3))} % more`,
    "util %: offered load of the busiest accelerator at the capacity, the work spread best",
  ];
  return parts.join("; ");
}

export const columns: readonly TextColumn[] = [
  left("scheduler"),
  right("capacity"),
  right("fails from"),
  right("95 % CI"),
  right("util %"),
  right("seeds held"),
  left(""),
];

/** In the order of `columns`. */
export function answerCells(answer: CapacityAnswer, { isExact }: CaseCapacity): string[] {
  const { scheduler, factor, failsFrom, utilisation, heldSeeds, runSeeds } = answer;
  return [
    scheduler,
    factorText(factor),
    factorText(failsFrom),
    isExact && factor !== null ? "exact" : intervalText(answer),
    readable(utilisation, "share"),
    heldSeeds === null ? nothing : `${heldSeeds} of ${runSeeds}`,
    remark(answer),
  ];
}

const factorText = (factor: number | null): string => (factor === null ? nothing : significant(factor));

function intervalText({ factor, interval: { low, high }, runSeeds }: CapacityAnswer): string {
  if (factor === null || runSeeds === 1) return nothing;
  if (low !== null && high !== null) return `${significant(low)} to ${significant(high)}`;
  if (low !== null) return `from ${significant(low)}`;
  return high === null ? nothing : `up to ${significant(high)}`;
}

function remark({ verdict, failsBelow, steadyTo, failure }: CapacityAnswer): string {
  switch (verdict) {
    case "found":
      if (failsBelow.length === 0) return "";
      return steadyTo === null ? "fails below" : `steady to ${significant(steadyTo)}`;
    case "interrupted":
      return "not finished";
    case "failed":
      return `failed at ${significant(failure!.factor)}`;
    case "always holds":
    case "never holds":
      return verdict;
    default:
      return verdict satisfies never;
  }
}

/** What holds for every scheduler; empty where nothing is proven. */
export function ceilingText({ ceiling, answers }: CaseCapacity): string {
  if (ceiling === null) return "";
  const { factor, ruledOutFrom, ruledOut } = ceiling;
  const others = ruledOut === 1 ? "" : ` and the ${ruledOut - 1} larger factor${ruledOut === 2 ? "" : "s"} looked at`;
  const proof = `at ${significant(ruledOutFrom)}${others} too many jobs must be dropped or late`;
  const whose = answers.length === 1 ? "No scheduler can" : "No scheduler, these or others, can";
  if (factor === null) return `${whose} carry it at any factor looked at: ${proof}.`;
  return `${whose} carry more than ${significant(factor)}: ${proof}.`;
}
