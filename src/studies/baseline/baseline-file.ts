/** Finds, reads and writes baseline files. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Library } from "../../files/library.ts";
import { makeFolder, OutputFile, removeEmptyFolders } from "../../files/output-file.ts";
import { didYouMean } from "../../input/closest.ts";
import { formatProblems } from "../../input/format-problems.ts";
import { IncomparableError } from "../../input/incomparable-error.ts";
import { isPath } from "../../input/is-path.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { readJson } from "../../input/read-json.ts";
import type { Report } from "../../input/report.ts";
import { RequestError } from "../../input/request-error.ts";
import { checkSchema } from "../../input/schema-check.ts";
import { BASELINE_KIND, BASELINE_VERSION, type Baseline } from "./baseline.ts";
import { baselineText, contentHash } from "./baseline-text.ts";

export const BASELINES_FOLDER = "results/baselines";
const ENDING = ".json";
/** Size limit of the reader. */
const MOST_BYTES = 20_000_000;

export interface StoredBaseline {
  /** Name of the file without its extension. */
  readonly name: string;
  /** As shown to users. */
  readonly path: string;
  readonly baseline: Baseline;
}

/** The path of a new baseline. Throws RequestError if the name is not a valid file name. */
export function pathOfNew(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]*([.][A-Za-z0-9_-]+)*$/.test(name)) return join(BASELINES_FOLDER, `${name}${ENDING}`);
  throw new RequestError(
    `a baseline's name has letters, digits, "-", "_" and "." between them, got ${JSON.stringify(name)}`,
  );
}

/** Sorted by name. Empty if the folder does not exist. */
export function pathsInFolder(folder: string, library: Library): readonly string[] {
  const absolute = library.absolute(folder);
  if (!existsSync(absolute)) return [];
  const names = readdirSync(absolute).filter((name) => name.endsWith(ENDING));
  return names.sort().map((name) => library.shown(join(absolute, name)));
}

/**
 * Resolves names, files and folders to paths; by default, all files of the default folder. If a folder contains a
 * folder `baselines`, that one is used. Throws IncomparableError if there is no baseline.
 */
export function findBaselines(given: readonly string[], library: Library): readonly string[] {
  const found = given.length === 0 ? inFolder(BASELINES_FOLDER, library) : given.flatMap((each) => find(each, library));
  return [...new Set(found)];
}

function find(given: string, library: Library): readonly string[] {
  const asFile = library.fileAt(given);
  const { kind } = library.status(asFile);
  if (kind === "folder") {
    const inner = join(asFile, basename(BASELINES_FOLDER));
    return inFolder(library.status(inner).kind === "folder" ? inner : asFile, library);
  }
  if (isPath(given) && (kind === "file" || given.endsWith(ENDING) || /[/\\]/.test(given))) return [asFile];
  const path = library.fileAt(join(BASELINES_FOLDER, `${given}${ENDING}`));
  if (library.status(path).kind !== "missing") return [path];
  const known = pathsInFolder(BASELINES_FOLDER, library).map(nameOf);
  const hint = didYouMean(given, known) || (known.length === 0 ? "" : `; there are: ${known.join(", ")}`);
  throw new IncomparableError(`there is no baseline "${given}" in ${BASELINES_FOLDER}${hint}`);
}

function inFolder(folder: string, library: Library): readonly string[] {
  const paths = pathsInFolder(folder, library);
  if (paths.length > 0) return paths;
  throw new IncomparableError(`there is no baseline in ${folder}; \`rtmm baseline save\` writes one`);
}

const nameOf = (path: string): string => basename(path, ENDING);

/** Throws one IncomparableError that lists the problems of all unusable files. */
export function readBaselines(paths: readonly string[], library: Library): readonly StoredBaseline[] {
  const read: StoredBaseline[] = [];
  const faults: string[] = [];
  for (const path of paths) {
    const baseline = readBaseline(path, library);
    if (typeof baseline === "string") faults.push(baseline);
    else read.push({ name: nameOf(path), path, baseline });
  }
  if (faults.length > 0) throw new IncomparableError(faults.join("\n"));
  return read;
}

/** Returns the baseline or a description of its problem. */
function readBaseline(path: string, library: Library): Baseline | string {
  const problems = new ProblemList();
  const report = readJson(path, library, problems);
  const wrong = report && faultOf(report, path);
  if (problems.errorCount > 0) return formatProblems(problems.sorted(), { color: "never" });
  return wrong ?? (report!.file.value as Baseline);
}

/** undefined if there is no fault or the schema check reported it. A matching hash proves that rtmm wrote the file. */
function faultOf(report: Report, path: string): string | undefined {
  const { value } = report.file;
  const { kind, schemaVersion, contentHash: stated } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (kind !== BASELINE_KIND) return `${path} is not a baseline: \`rtmm baseline save\` writes those`;
  if (schemaVersion !== BASELINE_VERSION)
    return `${path} has schemaVersion ${schemaVersion}; this rtmm compares version ${BASELINE_VERSION}, so save it anew`;
  checkSchema(value, "baseline", report);
  if (report.problems.errorCount > 0 || contentHash(value as Baseline) === stated) return undefined;
  return `${path} was changed after it was written (its contentHash is not that of its content): restore it, or save it anew`;
}

export interface BaselineFile {
  /** Replaces the previous file. Throws RequestError if the baseline is too large to be read back. */
  write(baseline: Baseline): void;
  /** Keeps the previous file, unless `write` has replaced it. */
  abandon(): void;
}

/** Call before the first run. Throws RequestError if the file cannot be written. */
export function openBaseline(path: string): BaselineFile {
  const made = makeFolder(dirname(path));
  const file = new OutputFile(path);
  return {
    write(baseline) {
      const text = baselineText(baseline);
      if (Buffer.byteLength(text) > MOST_BYTES)
        throw new RequestError(`${path} would be larger than ${MOST_BYTES / 1e6} MB: make several baselines of it`);
      file.write(text);
      file.finish();
    },
    abandon() {
      file.abandon();
      removeEmptyFolders(made);
    },
  };
}
