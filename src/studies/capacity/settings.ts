/** Settings of `rtmm capacity`. */
import type { Variation } from "../../records/run-result.ts";
import type { Requirement } from "../../run/requirements/requirement.ts";

export interface CapacitySettings {
  /** Names or paths of scenarios and suites. */
  readonly scenarios: readonly string[];
  /** Names or paths. */
  readonly systems: readonly string[];
  /** As for a comparison; undefined: the built-in schedulers that the systems support. */
  readonly schedulers: readonly string[] | undefined;
  readonly params: readonly string[];
  readonly paramsFiles: readonly string[];
  /** At least one. All must be met. */
  readonly bounds: readonly Requirement[];
  /** The task whose rate is scaled; undefined: all tasks. */
  readonly task: string | undefined;
  /** undefined: systems and scenarios are as in their files. */
  readonly variation: Pick<Variation, "system" | "scenario"> | undefined;
  /** At least one. */
  readonly seeds: readonly number[];
  /** Largest relative difference between the capacity and the next larger factor. */
  readonly tolerance: number;
  /** undefined: the duration of each scenario. */
  readonly durationMs: number | undefined;
  readonly warmupMs: number;
}

/** The default bound on SLA satisfaction. */
export const DEFAULT_SLA = 0.99;
export const DEFAULT_TOLERANCE = 0.01;
