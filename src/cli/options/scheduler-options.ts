/** Options for several schedulers: systems, parameters and duration. */
import type { Command } from "commander";
import { defaultSettings } from "../../run/settings.ts";
import { collected } from "./run-options.ts";

export interface SchedulerOptions {
  readonly system?: readonly string[];
  readonly schedulers?: readonly string[];
  readonly param?: readonly string[];
  readonly params?: readonly string[];
  readonly durationMs?: number;
  readonly warmupMs?: number;
}

export const declareParams = (declaration: Command): Command =>
  declaration
    .option("-p, --param <scheduler:name=value>", "parameter; without a scheduler, of all that have it", collected)
    .option("--params <file.yaml>", "parameters of one scheduler, as rtmm tune writes them", collected);

/** `scenarios` are the arguments as given. */
export const schedulerSettings = (scenarios: readonly string[], options: SchedulerOptions) => ({
  scenarios,
  systems: options.system ?? [defaultSettings.system],
  params: options.param ?? [],
  paramsFiles: options.params ?? [],
  durationMs: options.durationMs,
  warmupMs: options.warmupMs ?? defaultSettings.warmupMs,
});
