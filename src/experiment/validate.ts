/** Checks files of any kind, with the files that they name. */
import { readText } from "../input/file-source.ts";
import { InputError, type Problem } from "../input/problem.ts";
import { ProblemList } from "../input/problem-list.ts";
import { parseYaml } from "../input/yaml-document.ts";
import { loadModel } from "../scenario/load-model.ts";
import { loadScenario } from "../scenario/load-scenario.ts";
import { loadSuite } from "../scenario/load-suite.ts";
import type { FileKind } from "../scenario/resolver.ts";
import { loadSystem } from "../system/load-system.ts";
import { fileKind } from "./files/file-kind.ts";
import type { Library } from "./files/library.ts";

export interface Validation {
  /** Files without a problem of their own or in what they name. */
  readonly sound: readonly { readonly path: string; readonly kind: FileKind }[];
  /** Of all files, each only once; warnings too. */
  readonly problems: readonly Problem[];
}

export function validate(paths: readonly string[], library: Library): Validation {
  const problems = new ProblemList();
  const sound = paths.flatMap((path) => {
    const kind = fileKind(path, library);
    const found = kind === undefined ? unknownKind(path, library) : problemsOf(path, kind, library);
    for (const problem of found) problems.add(problem);
    return kind === undefined || found.length > 0 ? [] : [{ path, kind }];
  });
  for (const warning of library.warnings) problems.add(warning);
  return { sound, problems: problems.sorted() };
}

const loaders: Readonly<Record<FileKind, (path: string, library: Library) => void>> = {
  model: (path, library) => void loadModel(path, library),
  scenario: (path, library) => void loadScenario(path, library),
  system: (path, library) => void loadSystem(path, library),
  suite(path, library) {
    const problems = new ProblemList();
    for (const scenario of loadSuite(path, library).scenarios)
      for (const problem of problemsOf(scenario, "scenario", library)) problems.add(problem);
    problems.finish();
  },
};

function problemsOf(path: string, kind: FileKind, library: Library): readonly Problem[] {
  try {
    loaders[kind](path, library);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

/** What keeps a file from being read, or else that it is none of ours. */
function unknownKind(path: string, library: Library): readonly Problem[] {
  const problems = new ProblemList();
  const text = readText(path, library, problems);
  const file = text === undefined ? undefined : parseYaml(path, text, problems);
  const message =
    "cannot tell what this is: a model has layers, a scenario tasks, a system accelerators, a suite scenarios";
  if (file !== undefined) problems.add(file.problem([], "value", "MISSING_KEY", message));
  return problems.sorted();
}
