/** An experiment as its YAML file has it, checked against schema/experiment.schema.json. */
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

/** By place or parameter; a list is one variant for each of its entries. */
export type ValuesFile = Readonly<Record<string, unknown>>;

export type ScenarioEntryFile = string | { readonly scenario: string; readonly set?: ValuesFile };
export type SystemEntryFile = string | { readonly system: string; readonly set?: ValuesFile };
export type SchedulerEntryFile = string | { readonly scheduler: string; readonly params?: ValuesFile };

/** How many from 1 on, or which. */
export type SeedsFile = number | readonly number[] | { readonly from?: number; readonly count: number };

export interface PointFile {
  readonly scenario: ScenarioEntryFile;
  readonly system: SystemEntryFile;
  readonly scheduler: string;
  readonly params?: ValuesFile;
  readonly rateScale?: RateScale;
  readonly seed?: number;
}
