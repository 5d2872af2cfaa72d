/** Where baselines are kept, and how they are read back and written. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Library } from "../../files/library.ts";
import { makeFolder, OutputFile } from "../../files/output-file.ts";
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
/** A larger one would not be read back. */
const MOST_BYTES = 20_000_000;

export interface StoredBaseline {
  /** Of the file, without its ending. */
  readonly name: string;
  /** As shown to users. */
  readonly path: string;
  readonly baseline: Baseline;
}

/** The path of a new one. Throws RequestError for a name that is no name of a file. */
export function pathOfNew(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]*([.][A-Za-z0-9_-]+)*$/.test(name)) return join(BASELINES_FOLDER, `${name}${ENDING}`);
  throw new RequestError(
    `a baseline's name has letters, digits, "-", "_" and "." between them, got ${JSON.stringify(name)}`,
  );
}

/** In order of their names; none where there is no such folder. */
export function pathsInFolder(folder: string, library: Library): readonly string[] {
  const absolute = library.absolute(folder);
  if (!existsSync(absolute)) return [];
  const names = readdirSync(absolute).filter((name) => name.endsWith(ENDING));
  return names.sort().map((name) => library.shown(join(absolute, name)));
}

/**
 * Paths that names, files and folders mean; nothing given: all in the usual folder. Of a folder with `baselines` in it,
 * those in there. Throws IncomparableError where there is none.
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

/** Throws one IncomparableError that tells what is wrong with each that cannot be compared with. */
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

/** Or what is wrong with it. */
function readBaseline(path: string, library: Library): Baseline | string {
  const problems = new ProblemList();
  const report = readJson(path, library, problems);
  const wrong = report && faultOf(report, path);
  if (problems.errorCount > 0) return formatProblems(problems.sorted(), { color: "never" });
  return wrong ?? (report!.file.value as Baseline);
}

/** Undefined where there is none, or where the schema's problems are reported. What bears its own hash is as rtmm wrote it. */
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
  /** Takes the place of what was there. Throws RequestError where it is too large to be read back. */
  write(baseline: Baseline): void;
  /** Leaves what was there as it was, unless it was written. */
  abandon(): void;
}

/** Opened before anything is run. Throws RequestError where it cannot be written. */
export function openBaseline(path: string): BaselineFile {
  makeFolder(dirname(path));
  const file = new OutputFile(path);
  return {
    write(baseline) {
      const text = baselineText(baseline);
      if (Buffer.byteLength(text) > MOST_BYTES)
        throw new RequestError(`${path} would be larger than ${MOST_BYTES / 1e6} MB: make several baselines of it`);
      file.write(text);
      file.finish();
    },
    abandon: () => file.abandon(),
  };
}
