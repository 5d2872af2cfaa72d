/** What `rtmm compare` is set to. */
import type { SchedulerWithParams } from "../../files/params-file.ts";
import type { Variation } from "../../records/run-result.ts";

export interface CompareSettings {
  /** Names or paths of scenarios and suites. */
  readonly scenarios: readonly string[];
  /** Names or paths. */
  readonly systems: readonly string[];
  /** As `scheduler-entries.ts` reads them; undefined: the built-in schedulers that the systems can run. */
  readonly schedulers: readonly (string | SchedulerWithParams)[] | undefined;
  /** undefined: fcfs where it is among the schedulers, else the first of them. */
  readonly baseline: string | undefined;
  /** `scheduler:name=value`, or `name=value` for every scheduler that has it. */
  readonly params: readonly string[];
  /** Parameter files; see `params-file.ts`. */
  readonly paramsFiles: readonly string[];
  /** Whole numbers, 0 to 2^32 - 1; at least one. */
  readonly seeds: readonly number[];
  /** undefined: each scenario's own. */
  readonly durationMs: number | undefined;
  readonly warmupMs: number;
  /** Left out: nothing differs from the files. */
  readonly variation?: Variation | undefined;
}

/** Enough for an interval that says something, few enough to wait for. */
export const DEFAULT_SEEDS = 5;
