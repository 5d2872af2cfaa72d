/** What `rtmm show` can describe, and what a name or path on the command line may mean. */
import { didYouMean } from "../input/closest.ts";
import { kindText } from "../input/file-kind.ts";
import { readText } from "../input/file-source.ts";
import { isPath } from "../input/is-path.ts";
import { ProblemList } from "../input/problem-list.ts";
import { RequestError } from "../input/request-error.ts";
import { isCommand } from "../input/scheduler-command.ts";
import { parseYaml } from "../input/yaml-document.ts";
import { curves, metrics } from "../metrics/index.ts";
import type { FileKind } from "../scenario/resolver.ts";
import { schedulers } from "../schedulers/index.ts";
import { fileKind } from "./file-kind.ts";
import type { Library } from "./library.ts";

export type SubjectKind = FileKind | "scheduler" | "metric";

/** If several kinds have a name, the first one is meant. */
export const subjectKinds: readonly SubjectKind[] = ["scenario", "suite", "model", "system", "scheduler", "metric"];

export interface Subject {
  readonly kind: SubjectKind;
  /** Path of its file; for a built-in scheduler or a metric its name. */
  readonly name: string;
}

/**
 * Everything of the given kinds that a name may mean, at least one. Throws RequestError for an unknown name, InputError
 * for a broken file.
 */
export function subjectsNamed(name: string, kinds: readonly SubjectKind[], library: Library): readonly Subject[] {
  const found =
    isPath(name) || isCommand(name)
      ? [subjectAt(name, kinds, library)]
      : kinds.flatMap((kind) => named(kind, name, library));
  if (found.length > 0) return found;
  const known = kinds.flatMap((kind) => [...namesOf(kind, library)]);
  const what = kinds.length === 1 ? kinds[0] : "name";
  throw new RequestError(`unknown ${what} "${name}"${didYouMean(name, known) || "; `rtmm list` shows them all"}`);
}

function subjectAt(path: string, kinds: readonly SubjectKind[], library: Library): Subject {
  if (isCommand(path)) return { kind: "scheduler", name: path };
  const shown = library.fileAt(path);
  const kind = kinds.length === 1 ? kinds[0] : kindOfFile(shown, library);
  if (kind !== undefined) return { kind, name: shown };
  refuseUnreadable(shown, library);
  throw new RequestError(`cannot tell what ${shown} is; say --kind ${subjectKinds.slice(0, -1).join("|")}`);
}

/** Throws an InputError that says what keeps a file from being read. */
function refuseUnreadable(path: string, library: Library): void {
  const problems = new ProblemList();
  const text = readText(path, library, problems);
  if (text !== undefined) parseYaml(path, text, problems);
  problems.finish();
}

function kindOfFile(path: string, library: Library): SubjectKind | undefined {
  if (library.status(path).kind !== "file") return undefined;
  if (/\.[cm]?[jt]s$/.test(path)) return "scheduler";
  const kind = fileKind(path, library);
  if (kind === "experiment")
    throw new RequestError(`${path} is an experiment; \`rtmm validate\` checks it, \`rtmm sweep\` runs it`);
  if (kind === "record" || kind === "settings")
    throw new RequestError(`${path} is ${kindText[kind]}, and shows no scenario, suite, model or system`);
  if (kind === "ranges")
    throw new RequestError(`${path} has ranges; \`rtmm validate\` checks it, \`rtmm adversary --within\` takes it`);
  return kind;
}

function named(kind: SubjectKind, name: string, library: Library): readonly Subject[] {
  if (kind === "scheduler" || kind === "metric")
    return [...namesOf(kind, library)].includes(name) ? [{ kind, name }] : [];
  const path = library.resolve(kind, name, library.commandLine);
  // A file of this name in the current folder may be of another kind.
  if (path === undefined || (fileKind(path, library) ?? kind) !== kind) return [];
  return [{ kind, name: path }];
}

function namesOf(kind: SubjectKind, library: Library): Iterable<string> {
  if (kind === "scheduler") return schedulers.map((scheduler) => scheduler.name);
  if (kind === "metric") return [...metrics, ...curves].map((metric) => metric.name);
  return library.names(kind, library.commandLine);
}
