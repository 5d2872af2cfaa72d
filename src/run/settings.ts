/** Settings of `rtmm run`: defaults, then a configuration file, then the command line. */
import type { VariationSettings } from "./variation.ts";

export interface Settings extends VariationSettings {
  /** Names or paths of scenarios and suites. */
  readonly scenarios: readonly string[];
  readonly system: string;
  readonly scheduler: string;
  /** As given. Parameters left out take the scheduler's defaults. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Whole number, 0 to 2^32 - 1. */
  readonly seed: number;
  /** undefined: each scenario's own duration. */
  readonly durationMs: number | undefined;
  readonly warmupMs: number;
  readonly format: string;
  /** Metrics that tables show, or `all`; undefined: the headline. */
  readonly metrics: readonly string[] | undefined;
  /** Folder for result.json and jobs.csv; undefined: none. */
  readonly out: string | undefined;
  /** CSV file for the jobs; undefined: none. */
  readonly jobs: string | undefined;
  /** File for the timeline; its ending says the format. undefined: none. */
  readonly trace: string | undefined;
  readonly audit: boolean;
  /** Requirements as text. Every run must meet all of them. */
  readonly require: readonly string[];
}

/** edf is the simplest policy that considers deadlines. The system is XRBench's style I, as in the README. */
export const defaultSettings: Settings = {
  scenarios: [],
  system: "hda-2-ws-os-4k",
  scheduler: "edf",
  params: {},
  seed: 1,
  durationMs: undefined,
  warmupMs: 0,
  format: "table",
  metrics: undefined,
  out: undefined,
  jobs: undefined,
  trace: undefined,
  audit: false,
  require: [],
  set: {},
  rateScale: 1,
  estimateError: undefined,
};

export const LARGEST_SEED = 2 ** 32 - 1;
export const MOST_SEEDS = 1000;
/** About eleven days. Times stay exact far beyond this. */
export const LONGEST_MS = 1e9;

/** Later layers override earlier ones key by key. A new scheduler drops earlier parameters. Requirements accumulate. */
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
