/** The folder of a search: search.json says what its evaluations are of, evaluations.jsonl has them. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, OutputFile } from "../../files/output-file.ts";
import { parseJson } from "../../input/json-document.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { RequestError } from "../../input/request-error.ts";
import { jsonText } from "../../output/json.ts";
import type { InputFile } from "../../records/run-result.ts";
import { rtmmVersion } from "../../records/version.ts";
import { lockFolder } from "../folder/folder-lock.ts";
import type { Present, ShownFolder } from "../folder/shown-folder.ts";
import { caseNames, JOURNAL_FILE, MANIFEST_FILE, MATRIX_FILE } from "./folder-names.ts";
import { Journal } from "./journal.ts";
import type { AdversaryPlan } from "./plan.ts";

/** Of one pair, or without one of all pairs of some schedulers. */
export type SearchedPlan = Pick<AdversaryPlan, "metric" | "settings" | "inputs"> &
  Partial<Pick<AdversaryPlan, "a" | "b">>;

export interface SearchFolder {
  readonly journal: Journal;
  close(): void;
}

/** Locks the folder. Throws RequestError if it holds another search, or one that is not to be continued. */
export function openSearchFolder(folder: ShownFolder, plan: SearchedPlan, present: Present): SearchFolder {
  const path = join(folder.path, MANIFEST_FILE);
  const now = manifestOf(plan);
  if (existsSync(path)) refuse(manifestFrom(path), now, folder, present);
  else refuseFilesOfOthers(folder);
  makeFolder(folder.path);
  const lock = lockFolder(folder.path, "search");
  try {
    const file = new OutputFile(path);
    file.write(jsonText(now));
    file.finish();
    return { journal: new Journal(join(folder.path, JOURNAL_FILE)), close: () => lock.release() };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A folder without a manifest may be a project, whose scenario a search would replace. */
function refuseFilesOfOthers({ path, shown }: ShownFolder): void {
  const there = [...Object.values(caseNames), JOURNAL_FILE, MATRIX_FILE].filter((name) => existsSync(join(path, name)));
  if (there.length === 0) return;
  throw new RequestError(
    `${shown} has no ${MANIFEST_FILE}, so a search would replace files of yours; choose another folder with -o: ${there.join(", ")}`,
  );
}

/**
 * All that an evaluation depends on beside its scenario. Budget, chains and the ranges may change: a search then takes other
 * steps, and knows what it has tried.
 */
const manifestOf = ({ a, b, metric, settings, inputs }: SearchedPlan) => ({
  schemaVersion: 1,
  rtmmVersion,
  a: a?.labelled ?? null,
  b: b?.labelled ?? null,
  metric: metric.name,
  seeds: settings.seeds,
  inputs,
});

const facts = ["rtmmVersion", "a", "b", "metric", "seeds"] as const;

type Manifest = Readonly<Record<string, unknown>>;

function manifestFrom(path: string): Manifest {
  const problems = new ProblemList();
  const file = parseJson(path, readFileSync(path, "utf8"), problems);
  problems.finish();
  const { value } = file!;
  if (typeof value === "object" && value !== null && "seeds" in value) return value as Manifest;
  throw new RequestError(`${path} was not written by rtmm adversary; choose another folder with -o`);
}

function refuse(then: Manifest, now: Manifest, { shown }: ShownFolder, present: Present): void {
  const changed = [
    ...facts.filter((key) => JSON.stringify(then[key]) !== JSON.stringify(now[key])),
    ...changedFiles(filesOf(then), filesOf(now)),
  ];
  if (changed.length > 0) {
    const list = changed.map((what) => `\n  - ${what} has changed`).join("");
    throw new RequestError(`${shown} holds another search; choose another folder with -o${list}`);
  }
  if (present === "refuse")
    throw new RequestError(
      `${shown} already holds this search: continue it with --resume, or choose another folder with -o`,
    );
}

const filesOf = ({ inputs }: Manifest): readonly InputFile[] => (Array.isArray(inputs) ? inputs : []);

/** Files that only one of them names do not matter; nor does the file of ranges, which is the first. */
function changedFiles(then: readonly InputFile[], now: readonly InputFile[]): readonly string[] {
  const before = new Map(then.slice(1).map(({ path, sha256 }) => [path, sha256]));
  return now.slice(1).flatMap(({ path, sha256 }) => (before.has(path) && before.get(path) !== sha256 ? [path] : []));
}
