/** The text in tables of capacities, without the layout of a format. */

import type { Capacity, CapacityAnswer, CaseCapacity } from "../../records/capacity.ts";
import { nothing, readable, significant } from "../number-text.ts";
import { left, right, type TextColumn } from "../text-table.ts";
import { caseText, seedsText, timesText } from "../words.ts";

/** One line that says what was searched. */
export function capacityTitle({ cases, bounds, task, durationMs, warmupMs }: Capacity): string {
  const [only] = cases;
  const where = cases.length === 1 ? caseText(only!) : `${cases.length} cases`;
  const rates = task === null ? "all rates" : `the rate of ${task}`;
  return `${where}: largest factor on ${rates} with ${bounds.join(" and ")}${timesText({ durationMs, warmupMs })}`;
}

/** How to read the columns. */
export function legend({ seeds, tolerance, cases }: Capacity): string {
  const ofSeeds = `${seeds.length === 1 ? "" : "mean over "}${seedsText(seeds)}`;
  const exact = "exact: nothing is random, so one run is enough";
  const parts = [
    ...(cases.every(({ isExact }) => isExact) ? [] : [ofSeeds]),
    ...(cases.some(({ isExact }) => isExact) ? [exact] : []),
    `capacity: fails at most ${Number((tolerance * 100).toPrecision(3))} % above it`,
    "steady to: no factor tried up to there fails",
    "util %: load of the busiest accelerator at the capacity, the work spread best",
    "held: seeds that meet the bounds by themselves",
  ];
  return parts.join("; ");
}

export const columns: readonly TextColumn[] = [
  left("scheduler"),
  right("capacity"),
  right("95 % CI"),
  right("steady to"),
  right("util %"),
  right("held"),
  left(""),
];

/** In the order of `columns`. */
export function answerCells(answer: CapacityAnswer, { isExact }: CaseCapacity): string[] {
  const { scheduler, verdict, factor, steadyTo, utilisation, heldSeeds, runSeeds } = answer;
  return [
    scheduler,
    verdict === "always holds" ? `≥ ${factorText(factor)}` : verdict === "never holds" ? "none" : factorText(factor),
    isExact && factor !== null ? "exact" : intervalText(answer),
    factorText(steadyTo),
    readable(utilisation, "share"),
    heldSeeds === null ? nothing : `${heldSeeds}/${runSeeds}`,
    verdict === "interrupted" ? "unfinished" : verdict === "failed" ? "failed" : "",
  ];
}

const factorText = (factor: number | null): string => (factor === null ? nothing : significant(factor));

function intervalText({ factor, interval: { low, high }, runSeeds }: CapacityAnswer): string {
  if (factor === null || runSeeds === 1) return nothing;
  if (low !== null && high !== null) return `${significant(low)} to ${significant(high)}`;
  if (low !== null) return `from ${significant(low)}`;
  return high === null ? nothing : `up to ${significant(high)}`;
}

/** A bound for every scheduler; empty if none is proven. */
export function ceilingText({ ceiling, answers }: CaseCapacity): string {
  if (ceiling === null) return "";
  const { factor, ruledOutFrom, ruledOut } = ceiling;
  const others = ruledOut === 1 ? "" : ` and the ${ruledOut - 1} larger factor${ruledOut === 2 ? "" : "s"} tried`;
  const proof = `at ${significant(ruledOutFrom)}${others} too many jobs must be dropped or late`;
  const whose = answers.length === 1 ? "No scheduler can" : "No scheduler, listed here or not, can";
  if (factor === null) return `${whose} carry it at any factor tried: ${proof}.`;
  return `${whose} carry more than ${significant(factor)}: ${proof}.`;
}
