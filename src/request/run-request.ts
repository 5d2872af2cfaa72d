/** What a program asks one run for. */
import type { ParameterValue, Scheduler } from "../core/scheduler.ts";
import type { RunOptions } from "../run/run-once.ts";
import type { LoadOptions, Source } from "./brought.ts";

/** Which run. Everything but the scenario has a default: the command line's. */
export interface SetupRequest extends LoadOptions, Variations {
  /** Name of a built-in, path of a file, or a file in memory. */
  readonly scenario: Source;
  /** Likewise (hda-2-ws-os-4k). */
  readonly system?: Source;
  /** Name of a built-in, path of a file, or a scheduler (edf). */
  readonly scheduler?: string | Scheduler;
  /** Parameters of the scheduler by name; those left out have its defaults. */
  readonly params?: Readonly<Record<string, ParameterValue>>;
  /** Of all random draws: a whole number, 0 to 2^32 - 1 (1). */
  readonly seed?: number;
  /** Jobs are released this long, ms, above 0 (the scenario's). */
  readonly durationMs?: number;
  /** Jobs released before it are not measured, ms, 0 or more (0). */
  readonly warmupMs?: number;
}

/** A run, and who listens to it. */
export interface RunRequest extends SetupRequest, RunOptions {}

/** In what a run differs from its files. */
export interface Variations {
  /** Values by place, such as `system.accelerators[0].pes` or `scenario.tasks.ht.fps`; null takes a field away. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Factor on the rates of all tasks, or of some by id, above 0 (1). */
  readonly rateScale?: number | Readonly<Record<string, number>>;
  /** Share by which the latencies that schedulers see may be wrong, 0 to 1 (as the system says). */
  readonly estimateError?: number;
}

export const setupKeys: readonly string[] = [
  ...["scenario", "system", "scheduler", "params", "seed", "durationMs", "warmupMs", "set", "rateScale"],
  ...["estimateError", "files", "warn"],
];

export const runKeys: readonly string[] = [...setupKeys, "observer", "audit", "progress"];
