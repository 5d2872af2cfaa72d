/** What `rtmm run` is set to, from its defaults, a configuration file and the command line. */
import type { VariationSettings } from "./variation.ts";

export interface Settings extends VariationSettings {
  /** Names or paths of scenarios and suites. */
  readonly scenarios: readonly string[];
  readonly system: string;
  readonly scheduler: string;
  /** As given; those left out have the scheduler's defaults. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Whole number, 0 to 2^32 - 1. */
  readonly seed: number;
  /** undefined: each scenario's own. */
  readonly durationMs: number | undefined;
  readonly warmupMs: number;
  readonly format: string;
  /** Folder for result.json and jobs.csv; undefined: none. */
  readonly out: string | undefined;
  /** File for the jobs; undefined: none. */
  readonly jobs: string | undefined;
  readonly audit: boolean;
  /** Requirements as text; every run is to meet all of them. */
  readonly require: readonly string[];
}

/** Why edf: it is the simplest policy that looks at deadlines. Why this system: XRBench's style I, as in the README. */
export const defaultSettings: Settings = {
  scenarios: [],
  system: "hda-2-ws-os-4k",
  scheduler: "edf",
  params: {},
  seed: 1,
  durationMs: undefined,
  warmupMs: 0,
  format: "table",
  out: undefined,
  jobs: undefined,
  audit: false,
  require: [],
  set: {},
  rateScale: 1,
};

export const LARGEST_SEED = 2 ** 32 - 1;
export const MOST_SEEDS = 1000;
/** Eleven days; times are exact far beyond. */
export const LONGEST_MS = 1e9;

/** Later ones win, key by key; the parameters of a scheduler go with it, and requirements add up. */
export function mergedSettings(...layers: readonly Partial<Settings>[]): Settings {
  return layers.reduce<Settings>(over, defaultSettings);
}

function over(below: Settings, layer: Partial<Settings>): Settings {
  const isOtherScheduler = layer.scheduler !== undefined && layer.scheduler !== below.scheduler;
  const params = { ...(isOtherScheduler ? {} : below.params), ...layer.params };
  const given = Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== undefined));
  const require = [...new Set([...below.require, ...(layer.require ?? [])])];
  return { ...below, ...given, params, require, set: { ...below.set, ...layer.set } };
}
