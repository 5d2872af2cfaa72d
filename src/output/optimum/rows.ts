/** What tables say of an optimum. */

import { metrics } from "../../metrics/index.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { Optimum, RivalScheduler } from "../../records/optimum.ts";
import { nothing, readable, significant, unitText } from "../number-text.ts";
import { left, right, type Table } from "../text-table.ts";
import { caseText, counted, timesText } from "../words.ts";

const metricOf = ({ metric }: Optimum): Metric => metrics.find(({ name }) => name === metric)!;

export const titleText = (optimum: Optimum): string =>
  `${caseText(optimum)}: the best schedule by ${optimum.metric}, seed ${optimum.seed}${timesText(optimum)}`;

export function answerText(optimum: Optimum): string {
  const { value, ended, states, jobs, foundBy } = optimum;
  const visited = `${counted(jobs, "job")}, ${counted(states, "state")} visited`;
  if (value === null) return `no schedule was found; stopped after ${visited}`;
  const { title, unit, better } = metricOf(optimum);
  const shown = `${title} ${readable(value, unit)}${unitText(unit) === "" ? "" : ` ${unitText(unit)}`}`;
  const whose = foundBy === null ? "" : `; ${foundBy} reaches it`;
  return `${shown} (${better} is better): ${proofText(ended, states)}${boundText(optimum)}; ${visited}${whose}`;
}

function proofText(ended: Optimum["ended"], states: number): string {
  switch (ended) {
    case "proven":
      return "proven optimal";
    case "states":
      return `best found, not proven; stopped after ${counted(states, "state")} (--states)`;
    case "interrupted":
      return "best found, not proven; interrupted";
    default:
      return ended satisfies never;
  }
}

/** Where a search has not proven its answer: how much better another schedule may be. */
function boundText(optimum: Optimum): string {
  const { value, bound, gap } = optimum;
  if (bound == null) return "";
  if (value === bound || (gap != null && gap <= 1e-9)) return "; no schedule is better, by its bound";
  const { unit, better } = metricOf(optimum);
  const shown = `${readable(bound, unit)}${unitText(unit) === "" ? "" : ` ${unitText(unit)}`}`;
  return `; no schedule is ${better === "higher" ? "above" : "below"} ${shown}${gapText(optimum)}`;
}

function gapText(optimum: Optimum): string {
  const { gap } = optimum;
  if (gap == null) return "";
  const percent = significant(100 * gap);
  return metricOf(optimum).unit === "share" ? `, a gap of ${percent} points` : `, a gap of ${percent} %`;
}

export function modelText({ model, pruning }: Optimum): string {
  const { granularity, drops, preemptions } = model;
  const stops = preemptions === 0 ? "nothing is stopped" : `at most ${counted(preemptions, "stop")} of running work`;
  const dropped = drops === "allowed" ? "jobs may be dropped" : "no job is dropped";
  const left = pruning === "none" ? "; every schedule was visited, because no bound is proven for this metric" : "";
  return `model: ${dispatchText(granularity)}; ${dropped}; ${stops}; decisions when a job comes or work ends${left}`;
}

function dispatchText(granularity: Optimum["model"]["granularity"]): string {
  if (granularity === "model") return "a dispatch runs all that is left of a job";
  return `a dispatch runs ${granularity === "layer" ? "one layer" : counted(granularity, "layer")}`;
}

/** The best ratios first. */
export function schedulerTable(optimum: Optimum): Table {
  const { better, unit } = metricOf(optimum);
  const sign = better === "higher" ? -1 : 1;
  const order = (value: number | null) => (value === null ? Infinity : sign * value);
  const sorted = [...optimum.schedulers].sort((a, b) => order(a.value) - order(b.value));
  const heading = `${optimum.metric} ${unitText(unit)}`.trim();
  return {
    columns: [left("scheduler"), right(heading), right("to best"), left("")],
    rows: [
      ["(best found)", readable(optimum.value, unit), optimum.value === null ? nothing : "1.000", ""],
      ...sorted.map((rival) => [rival.label, readable(rival.value, unit), ratioText(rival), remark(rival)]),
    ],
  };
}

const ratioText = ({ ratio }: RivalScheduler): string => (ratio === null ? nothing : significant(ratio));

const remark = ({ isInModel }: RivalScheduler): string => (isInModel ? "" : "outside the model");
