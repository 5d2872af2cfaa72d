/** Changes of one row's values since the baseline. Pure. */

import { mean } from "../../analysis/statistics/mean.ts";
import { pairedDifference } from "../../analysis/statistics/paired-difference.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { Cause, FailOn, Move, MoveVerdict, RowKey } from "../../records/check-report.ts";
import type { BaselineRow, SeedValues } from "./baseline.ts";
import { metricOf } from "./kept-values.ts";
import { acceptedDifference, isWithin, type Tolerance } from "./tolerance.ts";

export interface JudgeOptions {
  readonly tolerances: readonly Tolerance[];
  readonly failOn: FailOn;
}

export interface RowMovement {
  readonly moves: readonly Move[];
  readonly compared: number;
  /** Why a value could not be compared. */
  readonly lacks: readonly string[];
  readonly added: readonly string[];
}

/** Two rows of the same name and seeds. */
export function rowMovement(
  before: BaselineRow,
  now: BaselineRow,
  causes: readonly Cause[],
  options: JudgeOptions,
): RowMovement {
  const moves: Move[] = [];
  const lacks: string[] = [];
  let compared = 0;
  for (const [value, valuesThen] of Object.entries(before.values)) {
    const metric = metricOf(value);
    const valuesNow = now.values[value];
    if (metric === undefined) lacks.push(`${value}: this rtmm has no such metric`);
    else if (valuesNow === undefined) lacks.push(`${value}: there is no such value any more`);
    else {
      compared += 1;
      if (!isSame(valuesThen, valuesNow))
        moves.push(moveOf(before, causes, { value, metric, before: valuesThen, now: valuesNow }, options));
    }
  }
  const added = Object.keys(now.values).filter((value) => before.values[value] === undefined);
  return { moves, compared, lacks, added };
}

const isSame = (before: SeedValues, now: SeedValues): boolean => before.every((value, seed) => value === now[seed]);

interface MovedValue {
  readonly value: string;
  readonly metric: Metric;
  readonly before: SeedValues;
  readonly now: SeedValues;
}

function moveOf(
  { scenario, system, scheduler }: RowKey,
  causes: readonly Cause[],
  moved: MovedValue,
  { tolerances, failOn }: JudgeOptions,
): Move {
  const { value, metric } = moved;
  const found = differenceOf(moved);
  const tolerance = acceptedDifference(value, found.before ?? 0, tolerances);
  const verdict = verdictOn(found, metric.better, tolerance);
  return {
    scenario,
    system,
    scheduler,
    value,
    unit: metric.unit,
    better: metric.better,
    before: found.before,
    now: found.now,
    difference: found.difference,
    change: shareOf(found),
    interval: found.interval,
    movedSeeds: moved.before.filter((each, seed) => each !== moved.now[seed]).length,
    tolerance,
    verdict,
    fails: verdict === "worse" || (failOn === "change" && verdict !== "tolerated"),
    causes,
  };
}

interface Difference extends Pick<Move, "before" | "now" | "difference" | "interval"> {
  /** Seeds that no longer have a value. */
  readonly lost: number;
}

/** Means cover the seeds that have the value both then and now. If there are none, each side uses its own seeds. */
function differenceOf({ before, now, metric }: MovedValue): Difference {
  const paired = before.flatMap((value, seed) => {
    const later = now[seed] ?? null;
    return value === null || later === null ? [] : [{ value, later }];
  });
  const lost = before.filter((value, seed) => value !== null && (now[seed] ?? null) === null).length;
  if (paired.length === 0) return { before: meanOf(before), now: meanOf(now), difference: null, interval: null, lost };
  const [then, later] = [paired.map((pair) => pair.value), paired.map((pair) => pair.later)];
  return {
    before: mean(then),
    now: mean(later),
    difference: mean(later) - mean(then),
    interval: pairedDifference(later, then, metric).interval ?? null,
    lost,
  };
}

function meanOf(values: SeedValues): number | null {
  const given = values.filter((value) => value !== null);
  return given.length === 0 ? null : mean(given);
}

/** A lost value counts as worse: if all jobs are dropped, no response is slow. */
function verdictOn({ difference, lost }: Difference, better: Metric["better"], tolerance: number): MoveVerdict {
  if (lost > 0) return better === "neither" ? "changed" : "worse";
  if (difference === null) return "changed";
  if (tolerance > 0 && isWithin(difference, tolerance)) return "tolerated";
  if (difference === 0 || better === "neither") return "changed";
  return (better === "lower") === difference < 0 ? "better" : "worse";
}

const shareOf = ({ before, difference }: Difference): number | null =>
  before === null || before === 0 || difference === null ? null : difference / Math.abs(before);
