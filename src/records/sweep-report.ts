/** The result of `rtmm sweep`: the record behind its table, CSV and JSON. */
import type { MetricFacts } from "./metric-facts.ts";

/** Identifies the sweep that a record belongs to. */
export interface SweepIdentity {
  readonly name: string;
  readonly title: string | null;
  readonly planHash: string;
  /** Such as `1/4`; null: the whole sweep. */
  readonly shard: string | null;
}

export interface SweepReport extends SweepIdentity {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  /** Number of points that ended, including failed ones. */
  readonly points: number;
  readonly failed: number;
  /** Number of groups, shown or not. */
  readonly groupCount: number;
  /** With a precision, at most. */
  readonly seedsPerGroup: number;
  /** null: none was requested. */
  readonly precision: SweepPrecision | null;
  /** All but the seed, in the order of columns. */
  readonly coordinateNames: readonly string[];
  /** Coordinates that are the same in all groups. */
  readonly constant: Coordinates;
  readonly metrics: readonly MetricFacts[];
  /** null: `groups` are those of the whole sweep. */
  readonly pareto: ParetoReport | null;
  /** The groups shown. */
  readonly groups: readonly SweepGroup[];
  /** Number of groups that are not shown. */
  readonly moreGroups: number;
}

/** The fronts of a sweep. */
export interface ParetoReport {
  /** Names. */
  readonly metrics: readonly string[];
  /** Number of scenarios with their overrides and rates. Each has its own front. */
  readonly workloads: number;
  /** Number of groups on the fronts, shown or not. */
  readonly size: number;
  /** Number of groups that cannot be ranked: a point failed or has nothing to measure. */
  readonly leftOut: number;
}

/** The precision of a sweep's means. */
export interface SweepPrecision {
  /** Half of an interval's width, relative to the mean: 0.02 is ± 2 %. */
  readonly aim: number;
  readonly maxSeeds: number;
  /** Names of the metrics whose means must reach the aim. */
  readonly metrics: readonly string[];
  /** Least and most over all groups, including failed ones. */
  readonly fewestSeeds: number;
  readonly mostSeeds: number;
  /** Number of groups that reached the aim. */
  readonly reached: number;
  /** Number of groups that missed it with `maxSeeds` seeds. */
  readonly missed: number;
  /** Number of groups with a failed point. They get no more seeds. */
  readonly failed: number;
  /** Number of groups that have none of these metrics, so that nothing can be said; left out: 0. */
  readonly absent?: number;
  /** A few of the missed groups: those that need most seeds, the most first. */
  readonly worst: readonly MissedGroup[];
}

/** A group that did not reach the precision. */
export interface MissedGroup extends Pick<SweepGroup, "coordinates" | "seeds"> {
  /** Name of the least precise metric. */
  readonly metric: string;
  /** Relative to the mean. */
  readonly halfWidth: number;
  /** Number of seeds that is likely to reach the aim. */
  readonly seedsNeeded: number;
}

/** Points that differ only in the seed. */
export interface SweepGroup {
  /** All but the seed. */
  readonly coordinates: Coordinates;
  /** Number of seeds with a result. */
  readonly seeds: number;
  readonly failed: number;
  /** Means over those seeds, by metric name; null: a seed has nothing to measure. */
  readonly metrics: Readonly<Record<string, SweepMean | null>>;
}

/** A mean over seeds. */
export interface SweepMean {
  readonly mean: number;
  /** 95 % confidence interval; null for a single seed. */
  readonly low: number | null;
  readonly high: number | null;
}

/** The values that identify a point, by column. */
export type Coordinates = Readonly<Record<string, unknown>>;
