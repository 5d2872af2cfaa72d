/** Recognises the kind of a file: a model, scenario, system, suite, experiment, ranges, settings or a record. */
import { basename, dirname } from "node:path";
import { type KeyedKind, kindOfValue } from "../input/file-kind.ts";
import { readText } from "../input/file-source.ts";
import { ProblemList } from "../input/problem-list.ts";
import { parseYaml } from "../input/yaml-document.ts";
import type { BuiltInKind } from "../run/built-in-folders.ts";
import type { Library } from "./library.ts";

const kindOfFolder: Readonly<Record<string, BuiltInKind>> = {
  scenarios: "scenario",
  hardware: "system",
  systems: "system",
  suites: "suite",
  models: "model",
  experiments: "experiment",
  ranges: "ranges",
};

/** Looks at the `$schema` line, then the keys, then the folder. Undefined if none decides or the file is unreadable. */
export function fileKind(path: string, library: Library): BuiltInKind | KeyedKind | undefined {
  const ignored = new ProblemList();
  const text = readText(path, library, ignored) ?? "";
  const named =
    /^# yaml-language-server: \$schema=.*?(model|scenario|system|suite|experiment|ranges)\.schema\.json\s*$/m.exec(
      text,
    )?.[1];
  if (named !== undefined) return named as BuiltInKind;
  const value = text.trim() === "" ? undefined : parseYaml(path, text, ignored)?.value;
  return kindOfValue(value)?.kind ?? kindOfFolder[basename(dirname(library.absolute(path)))];
}
