/** The output files of a run: its result, its jobs as they end, and its timeline as it goes on. */
import { join } from "node:path";
import { listenToEnds, type Observer, together } from "../core/events.ts";
import { RequestError } from "../input/request-error.ts";
import { jobsCsvHeader, jobsCsvLine } from "../output/results/jobs-csv.ts";
import { resultJson } from "../output/results/json.ts";
import type { RunResult } from "../records/run-result.ts";
import type { RunSetup } from "../run/run-setup.ts";
import type { Library } from "./library.ts";
import { checkEnding } from "./named-output.ts";
import { makeFolder, OutputFile, removeEmptyFolders } from "./output-file.ts";

export interface RunOutputs {
  /** Hears what the files record; undefined: nothing before the result. */
  readonly observer: Observer | undefined;
  /** Paths written. */
  finish(result: RunResult): readonly string[];
  /** Removes the unfinished files, and folders that were made for them. */
  abandon(): void;
}

export interface OutputPaths {
  /** Folder for result.json and jobs.csv. */
  readonly folder: string | undefined;
  readonly jobs: string | undefined;
  /** Its ending says the format. */
  readonly trace: string | undefined;
}

/** Opens the files of all runs, or none. Rejects with a RequestError if one cannot be written. */
export async function openAllOutputs(
  paths: readonly OutputPaths[],
  setups: readonly RunSetup[],
  library: Library,
): Promise<readonly RunOutputs[]> {
  const opened: RunOutputs[] = [];
  try {
    for (const [index, setup] of setups.entries()) opened.push(await openOutputs(paths[index]!, setup, library));
    return opened;
  } catch (error) {
    abandonAll(opened);
    throw error;
  }
}

/** The last one first, so that the first one finds the folder that it made empty. */
export function abandonAll(outputs: readonly Pick<RunOutputs, "abandon">[]): void {
  for (const each of outputs.toReversed()) each.abandon();
}

/** A file, or the folder of files. */
interface OpenOutput {
  readonly observer?: Observer;
  finish(result: RunResult): void;
  abandon(): void;
}

async function openOutputs(
  { folder, jobs, trace }: OutputPaths,
  setup: RunSetup,
  library: Library,
): Promise<RunOutputs> {
  const resultPaths = folder === undefined ? [] : [join(folder, "result.json")];
  const jobsPaths = [...new Set([jobs ?? [], folder === undefined ? [] : join(folder, "jobs.csv")].flat())];
  const tracePaths = trace === undefined ? [] : [trace];
  // A run without a timeline does not load what writes one.
  const traces = await Promise.all(tracePaths.map(async (path) => ({ path, ...(await import("./trace-output.ts")) })));
  const allPaths = [...resultPaths, ...jobsPaths, ...tracePaths];
  refuseTwice(allPaths);
  for (const path of allPaths) library.keepInput(path);
  const files = openFiles([
    ...(folder === undefined ? [] : [() => openFolder(folder)]),
    ...resultPaths.map((path) => () => openResult(path)),
    ...jobsPaths.map((path) => () => openJobs(path, setup)),
    ...traces.map(
      ({ path, openTrace }) =>
        () =>
          openTrace(path, setup),
    ),
  ]);
  const observers = files.flatMap(({ observer }) => observer ?? []);
  return {
    observer: observers.length === 0 ? undefined : together(observers),
    finish(result) {
      for (const file of files) file.finish(result);
      return allPaths;
    },
    abandon: () => abandonAll(files),
  };
}

/** Each would overwrite the other. */
function refuseTwice(paths: readonly string[]): void {
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new RequestError(`two outputs would be written to ${twice}: name another file`);
}

function openFolder(path: string): OpenOutput {
  const made = makeFolder(path);
  return { finish: () => undefined, abandon: () => removeEmptyFolders(made) };
}

function openResult(path: string): OpenOutput {
  const file = new OutputFile(path);
  return {
    finish(result) {
      file.write(resultJson(result));
      file.finish();
    },
    abandon: () => file.abandon(),
  };
}

function openJobs(path: string, { program: { scenario, system } }: RunSetup): OpenOutput {
  checkEnding(path, [".csv"], path);
  const file = new OutputFile(path);
  const line = jobsCsvLine(scenario, system);
  file.write(jobsCsvHeader(scenario, system));
  return {
    observer: listenToEnds((job) => file.write(line(job))),
    finish: () => file.finish(),
    abandon: () => file.abandon(),
  };
}

/** All of them, or none. */
function openFiles(opens: readonly (() => OpenOutput)[]): readonly OpenOutput[] {
  const files: OpenOutput[] = [];
  try {
    for (const open of opens) files.push(open());
    return files;
  } catch (error) {
    abandonAll(files);
    throw error;
  }
}
