/** What a sweep is told as: the record behind its table, CSV and JSON. */
import type { Metric } from "../metrics/metric.ts";

export interface SweepReport {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  readonly name: string;
  readonly title: string | null;
  readonly planHash: string;
  /** Such as `1/4`; null: the whole sweep. */
  readonly shard: string | null;
  /** That ended, the failed ones among them. */
  readonly points: number;
  readonly failed: number;
  /** Of the sweep, shown or not. */
  readonly groupCount: number;
  /** With a precision, at most. */
  readonly seedsPerGroup: number;
  /** null: none was asked for. */
  readonly precision: SweepPrecision | null;
  /** All but the seed, in the order of columns. */
  readonly coordinateNames: readonly string[];
  /** Coordinates that are the same in all groups. */
  readonly constant: Coordinates;
  readonly metrics: readonly Pick<Metric, "name" | "title" | "unit" | "better">[];
  /** null: groups are those of the sweep. */
  readonly pareto: ParetoReport | null;
  /** Those that are shown. */
  readonly groups: readonly SweepGroup[];
  /** How many more there are. */
  readonly moreGroups: number;
}

export interface ParetoReport {
  /** Names. */
  readonly metrics: readonly string[];
  /** Scenarios with their overrides and rates: each has a front of its own. */
  readonly workloads: number;
  /** Groups on the fronts, shown or not. */
  readonly size: number;
  /** Groups with a failed point or nothing to measure, which cannot be judged. */
  readonly leftOut: number;
}

export interface SweepPrecision {
  /** Half of a 95 % interval relative to its mean: 0.02 is ± 2 %. */
  readonly aim: number;
  readonly maxSeeds: number;
  /** Names of the metrics whose means are to be known that well. */
  readonly metrics: readonly string[];
  /** Over groups, failed ones among them. */
  readonly fewestSeeds: number;
  readonly mostSeeds: number;
  /** Groups that are known that well. */
  readonly reached: number;
  /** Groups that are not, with as many seeds as there may be. */
  readonly missed: number;
  /** Groups with a failed point, which get no more seeds. */
  readonly failed: number;
  /** A few of those missed that need most seeds, the most first. */
  readonly worst: readonly MissedGroup[];
}

export interface MissedGroup extends Pick<SweepGroup, "coordinates" | "seeds"> {
  /** The least precise one, by name. */
  readonly metric: string;
  /** Relative to its mean. */
  readonly halfWidth: number;
  /** How many seeds are likely to do. */
  readonly seedsNeeded: number;
}

/** Points that differ in the seed alone. */
export interface SweepGroup {
  /** All but the seed. */
  readonly coordinates: Coordinates;
  /** That have a result. */
  readonly seeds: number;
  readonly failed: number;
  /** Over those seeds, by name of metric; null: nothing to measure in one of them. */
  readonly metrics: Readonly<Record<string, SweepMean | null>>;
}

export interface SweepMean {
  readonly mean: number;
  /** 95 % confidence interval; null for a single seed. */
  readonly low: number | null;
  readonly high: number | null;
}

/** What tells points apart, by column. */
export type Coordinates = Readonly<Record<string, unknown>>;
