/** An experiment as written in its YAML file, checked against schema/experiment.schema.json. */
import type { RateScale } from "../../../scenario/rate-scale.ts";

export interface ExperimentFile {
  readonly name: string;
  readonly title?: string;
  readonly source?: string;
  readonly scenarios?: readonly ScenarioEntryFile[];
  readonly systems?: readonly SystemEntryFile[];
  readonly schedulers?: readonly SchedulerEntryFile[];
  readonly rateScale?: RateScale | readonly RateScale[];
  readonly seeds?: SeedsFile;
  /** A share, or a percentage such as `2%`. */
  readonly precision?: number | string;
  readonly maxSeeds?: number;
  readonly durationMs?: number;
  readonly warmupMs?: number;
  readonly require?: readonly string[];
  readonly points?: readonly PointFile[];
}

/** Keyed by place or parameter. A list has one variant for each of its items. */
export type ValuesFile = Readonly<Record<string, unknown>>;

export type ScenarioEntryFile = string | { readonly scenario: string; readonly set?: ValuesFile };
export type SystemEntryFile = string | { readonly system: string; readonly set?: ValuesFile };
export type SchedulerEntryFile = string | { readonly scheduler: string; readonly params?: ValuesFile };

/** A number n means the seeds 1 to n. */
export type SeedsFile = number | readonly number[] | { readonly from?: number; readonly count: number };

export interface PointFile {
  readonly scenario: ScenarioEntryFile;
  readonly system: SystemEntryFile;
  readonly scheduler: string;
  readonly params?: ValuesFile;
  readonly rateScale?: RateScale;
  readonly seed?: number;
}
