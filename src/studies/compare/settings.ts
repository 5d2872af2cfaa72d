/** Settings of `rtmm compare`. */
import type { SchedulerWithParams } from "../../files/params-file.ts";
import type { Variation } from "../../records/run-result.ts";

export interface CompareSettings {
  /** Names or paths of scenarios and suites. */
  readonly scenarios: readonly string[];
  /** Names or paths. */
  readonly systems: readonly string[];
  /** As `scheduler-entries.ts` reads them; undefined: the built-in schedulers that the systems can run. */
  readonly schedulers: readonly (string | SchedulerWithParams)[] | undefined;
  /** undefined: fcfs if it is among the schedulers, else the first scheduler. */
  readonly baseline: string | undefined;
  /** `scheduler:name=value`, or `name=value` for every scheduler that has it. */
  readonly params: readonly string[];
  /** Parameter files; see `params-file.ts`. */
  readonly paramsFiles: readonly string[];
  /** Whole numbers, 0 to 2^32 - 1; at least one. */
  readonly seeds: readonly number[];
  /** undefined: the duration of each scenario. */
  readonly durationMs: number | undefined;
  readonly warmupMs: number;
  /** By default, scenarios and systems are as in their files. */
  readonly variation?: Variation | undefined;
}

/** Enough seeds for a useful interval, few enough for a short wait. */
export const DEFAULT_SEEDS = 5;
