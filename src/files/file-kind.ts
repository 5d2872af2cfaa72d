/** Recognises the kind of a YAML file: model, scenario, system, suite, experiment or ranges. */
import { basename, dirname } from "node:path";
import { readText } from "../input/file-source.ts";
import { ProblemList } from "../input/problem-list.ts";
import { parseYaml } from "../input/yaml-document.ts";
import type { BuiltInKind } from "../run/built-in-folders.ts";
import type { Library } from "./library.ts";

/** The first key that a file has decides: ranges have `systems` and `tasks`, experiments have `scenarios` too. */
const kindOfKey: Readonly<Record<string, BuiltInKind>> = {
  models: "ranges",
  systems: "experiment",
  schedulers: "experiment",
  points: "experiment",
  seeds: "experiment",
  rateScale: "experiment",
  tasks: "scenario",
  generate: "scenario",
  accelerators: "system",
  scenarios: "suite",
  layers: "model",
  variants: "model",
};

const kindOfFolder: Readonly<Record<string, BuiltInKind>> = {
  scenarios: "scenario",
  hardware: "system",
  systems: "system",
  suites: "suite",
  models: "model",
  experiments: "experiment",
  ranges: "ranges",
};

/** For messages. */
export const withArticle = (kind: BuiltInKind): string =>
  kind === "ranges" ? "a file of ranges" : `${kind === "experiment" ? "an" : "a"} ${kind}`;

/** Looks at the `$schema` line, then the keys, then the folder. Undefined if none decides or the file is unreadable. */
export function fileKind(path: string, library: Library): BuiltInKind | undefined {
  const ignored = new ProblemList();
  const text = readText(path, library, ignored) ?? "";
  const named =
    /^# yaml-language-server: \$schema=.*?(model|scenario|system|suite|experiment|ranges)\.schema\.json\s*$/m.exec(
      text,
    )?.[1];
  if (named !== undefined) return named as BuiltInKind;
  const value = text.trim() === "" ? undefined : parseYaml(path, text, ignored)?.value;
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const key = Object.keys(kindOfKey).find((each) => keys.includes(each));
  return key === undefined ? kindOfFolder[basename(dirname(library.absolute(path)))] : kindOfKey[key];
}
