/** Merges settings, and tells with `--verbose` where each one is from. */
import { defaultSettings, mergedSettings, type Settings } from "../run/settings.ts";
import type { Invocation } from "./command.ts";

/** Settings from one place, such as a configuration file. */
export interface SettingsLayer {
  readonly from: string;
  readonly settings: Partial<Settings>;
}

/** Later layers override earlier ones; under all of them are the defaults. */
export function toldSettings(layers: readonly SettingsLayer[], { verbose }: Invocation): Settings {
  const settings = mergedSettings(...layers.map((layer) => layer.settings));
  for (const key of Object.keys(defaultSettings) as (keyof Settings)[]) {
    const value = settings[key];
    if (value !== undefined) verbose("setting", `${key} = ${JSON.stringify(value)} (${originOf(key, layers)})`);
  }
  return settings;
}

/** Parameters and the like gather from several layers. */
function originOf(key: keyof Settings, layers: readonly SettingsLayer[]): string {
  const sources = layers.filter(({ settings }) => isGiven(settings[key])).map(({ from }) => from);
  if (sources.length === 0) return "default";
  const gathers = key === "params" || key === "set" || key === "require";
  return gathers ? [...new Set(sources)].join(", ") : sources.at(-1)!;
}

const isGiven = (value: unknown): boolean =>
  value !== undefined && !(typeof value === "object" && value !== null && Object.keys(value).length === 0);
