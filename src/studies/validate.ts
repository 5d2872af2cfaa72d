/** Checks files of any kind, and the files that they name. */

import { fileKind } from "../files/file-kind.ts";
import type { Library } from "../files/library.ts";
import { kindOfValue, kindText } from "../input/file-kind.ts";
import { readText } from "../input/file-source.ts";
import { InputError } from "../input/input-error.ts";
import type { Problem } from "../input/problem.ts";
import { ProblemList } from "../input/problem-list.ts";
import { parseYaml } from "../input/yaml-document.ts";
import type { BuiltInKind } from "../run/built-in-folders.ts";
import { unreleasedWarnings } from "../run/unreleased.ts";
import { Workbench } from "../run/workbench.ts";
import { loadModel } from "../scenario/load-model.ts";
import { loadScenario } from "../scenario/load-scenario.ts";
import { loadSuite } from "../scenario/load-suite.ts";
import { loadSystem } from "../system/load-system.ts";
import { loadRanges } from "./adversary/ranges/load-ranges.ts";
import { loadSweepPlan } from "./sweep/plan/load-sweep-plan.ts";

export interface Validation {
  /** Files without a problem, neither in themselves nor in the files that they name. */
  readonly sound: readonly { readonly path: string; readonly kind: BuiltInKind }[];
  /** The distinct problems and warnings of all files. */
  readonly problems: readonly Problem[];
}

/** `ended` is called as each file is checked. */
export async function validate(paths: readonly string[], library: Library, ended: () => void): Promise<Validation> {
  const problems = new ProblemList();
  const sound: { readonly path: string; readonly kind: BuiltInKind }[] = [];
  for (const path of paths) {
    const kind = checkedKind(path, library);
    const found = kind === undefined ? unknownKind(path, library) : await problemsOf(path, kind, library);
    for (const problem of found) problems.add(problem);
    if (kind !== undefined && found.length === 0) sound.push({ path, kind });
    ended();
  }
  for (const warning of library.warnings) problems.add(warning);
  return { sound, problems: problems.sorted() };
}

/** Undefined for what has no loader here. */
function checkedKind(path: string, library: Library): BuiltInKind | undefined {
  const kind = fileKind(path, library);
  return kind === "record" || kind === "settings" ? undefined : kind;
}

const loaders: Readonly<Record<BuiltInKind, (path: string, library: Library) => unknown>> = {
  model: (path, library) => loadModel(path, library),
  scenario(path, library) {
    const scenario = loadScenario(path, library);
    for (const message of unreleasedWarnings(scenario)) library.warn(ofFile(path, message));
  },
  system: (path, library) => loadSystem(path, library),
  async suite(path, library) {
    const problems = new ProblemList();
    for (const scenario of loadSuite(path, library).scenarios)
      for (const problem of await problemsOf(scenario, "scenario", library)) problems.add(problem);
    problems.finish();
  },
  experiment: (path, library) => loadSweepPlan(path, new Workbench(library)),
  ranges: (path, library) => loadRanges(path, new Workbench(library)),
};

const ofFile = (file: string, message: string): Problem => ({
  code: "NO_EFFECT",
  message,
  severity: "warning",
  file,
  line: undefined,
  column: undefined,
  frame: "",
});

async function problemsOf(path: string, kind: BuiltInKind, library: Library): Promise<readonly Problem[]> {
  try {
    await loaders[kind](path, library);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

/** The reason why a file cannot be read, or why its kind is not checked. */
function unknownKind(path: string, library: Library): readonly Problem[] {
  const problems = new ProblemList();
  const text = readText(path, library, problems);
  const file = text === undefined ? undefined : parseYaml(path, text, problems);
  if (file === undefined) return problems.sorted();
  const other = kindOfValue(file.value);
  const what =
    other === undefined ? "unknown kind of file" : `the file is ${kindText[other.kind]}, which is not checked here`;
  problems.add(file.problem(other === undefined ? [] : [other.key], "key", "MISSING_KEY", `${what}: ${checkedKinds}`));
  return problems.sorted();
}

const checkedKinds =
  "a model has layers, a scenario tasks, a system accelerators, a suite scenarios, an experiment also systems or points, ranges models";
