/** Tells what a YAML file is: a model, scenario, system or suite. */
import { basename, dirname } from "node:path";
import { readText } from "../../input/file-source.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { parseYaml } from "../../input/yaml-document.ts";
import type { FileKind } from "../../scenario/resolver.ts";
import type { Library } from "./library.ts";

const kindOfKey: Readonly<Record<string, FileKind>> = {
  tasks: "scenario",
  generate: "scenario",
  accelerators: "system",
  scenarios: "suite",
  layers: "model",
  variants: "model",
};

const kindOfFolder: Readonly<Record<string, FileKind>> = {
  scenarios: "scenario",
  hardware: "system",
  systems: "system",
  suites: "suite",
  models: "model",
};

/** By its `$schema` line, else its keys, else its folder; undefined where nothing says it, also for unreadable files. */
export function fileKind(path: string, library: Library): FileKind | undefined {
  const ignored = new ProblemList();
  const text = readText(path, library, ignored) ?? "";
  const named = /^# yaml-language-server: \$schema=.*?(model|scenario|system|suite)\.schema\.json\s*$/m.exec(text)?.[1];
  if (named !== undefined) return named as FileKind;
  const value = text.trim() === "" ? undefined : parseYaml(path, text, ignored)?.value;
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const key = keys.find((each) => Object.hasOwn(kindOfKey, each));
  return key === undefined ? kindOfFolder[basename(dirname(library.absolute(path)))] : kindOfKey[key];
}
