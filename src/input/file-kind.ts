/** What a file is by the keys of its value, for messages about a file that is given in place of another kind. */
import { isMapping } from "./mapping.ts";
import type { YamlSchemaName } from "./schema-name.ts";

/** `record`: JSON that rtmm wrote. `settings`: for `--config` or `--params`. */
export type KeyedKind = "record" | "ranges" | "experiment" | "scenario" | "system" | "settings" | "suite" | "model";

/** The first key that a file has decides: ranges have `systems` and `tasks`, experiments have `scenarios` too. */
const kindOfKey: Readonly<Record<string, KeyedKind>> = {
  resultHash: "record",
  rtmmVersion: "record",
  models: "ranges",
  systems: "experiment",
  schedulers: "experiment",
  points: "experiment",
  seeds: "experiment",
  rateScale: "experiment",
  tasks: "scenario",
  generate: "scenario",
  accelerators: "system",
  scheduler: "settings",
  params: "settings",
  scenarios: "suite",
  layers: "model",
  variants: "model",
};

interface Decided {
  readonly kind: KeyedKind;
  readonly key: string;
}

/** Undefined if no key decides. */
export function kindOfValue(value: unknown): Decided | undefined {
  const keys = keysOf(value);
  const key = Object.keys(kindOfKey).find((each) => keys.includes(each));
  return key === undefined ? undefined : { kind: kindOfKey[key]!, key };
}

/** Keys by which a file of a kind is known, although another one decides, or it has other mistakes. */
const ownKeys: Readonly<Record<YamlSchemaName, readonly string[]>> = {
  model: ["layers", "variants"],
  scenario: ["tasks", "generate"],
  system: ["accelerators"],
  suite: ["scenarios"],
  experiment: ["systems", "schedulers", "points", "scenarios", "seeds"],
  ranges: ["models", "systems"],
  config: ["scenarios", "system", "scheduler", "params", "seed"],
  params: ["scheduler", "params"],
};

/** The kind of a file that was given in place of one of `expected`, and the key that tells it. */
export function otherKind(value: unknown, expected: YamlSchemaName): Decided | undefined {
  const keys = keysOf(value);
  const other = kindOfValue(value);
  return other?.kind !== "record" && ownKeys[expected].some((key) => keys.includes(key)) ? undefined : other;
}

const keysOf = (value: unknown): readonly string[] => (isMapping(value) ? Object.keys(value) : []);

/** With an article. */
export const kindText: Readonly<Record<KeyedKind | YamlSchemaName, string>> = {
  record: "a record that rtmm wrote",
  settings: "a file of settings",
  model: "a model",
  scenario: "a scenario",
  system: "a system",
  suite: "a suite",
  experiment: "an experiment",
  ranges: "a file of ranges",
  config: "a configuration",
  params: "a file of parameters",
};
