/** The output files of a run: its result, and its jobs as they end. */
import { join } from "node:path";
import type { JobRecord } from "../core/records.ts";
import { jobsCsvHeader, jobsCsvLine } from "../output/jobs-csv.ts";
import { resultJson } from "../output/json.ts";
import type { RunResult } from "../records/run-result.ts";
import type { RunSetup } from "../run/run-setup.ts";
import { makeFolder, OutputFile } from "./output-file.ts";

export interface RunOutputs {
  /** undefined: no file records the jobs. */
  readonly jobEnded: ((job: JobRecord) => void) | undefined;
  /** Paths written. */
  finish(result: RunResult): readonly string[];
  /** Removes the unfinished files. */
  abandon(): void;
}

export interface OutputPaths {
  /** Folder for result.json and jobs.csv. */
  readonly folder: string | undefined;
  readonly jobs: string | undefined;
}

/** Opens the files of all runs, or none. Throws RequestError if one cannot be written. */
export function openAllOutputs(paths: readonly OutputPaths[], setups: readonly RunSetup[]): readonly RunOutputs[] {
  const opened: RunOutputs[] = [];
  try {
    for (const [index, setup] of setups.entries()) opened.push(openOutputs(paths[index]!, setup));
    return opened;
  } catch (error) {
    for (const outputs of opened) outputs.abandon();
    throw error;
  }
}

function openOutputs({ folder, jobs }: OutputPaths, { program }: RunSetup): RunOutputs {
  if (folder !== undefined) makeFolder(folder);
  const resultPaths = folder === undefined ? [] : [join(folder, "result.json")];
  const jobsPaths = [...new Set([jobs ?? [], folder === undefined ? [] : join(folder, "jobs.csv")].flat())];
  const files = openFiles([...resultPaths, ...jobsPaths]);
  const resultFiles = files.slice(0, resultPaths.length);
  const jobsFiles = files.slice(resultPaths.length);
  const toJobs = (text: string): void => {
    for (const file of jobsFiles) file.write(text);
  };
  const line = jobsCsvLine(program.scenario, program.system);
  toJobs(jobsCsvHeader(program.scenario, program.system));
  return {
    jobEnded: jobsFiles.length === 0 ? undefined : (job) => toJobs(line(job)),
    finish(result) {
      for (const file of resultFiles) file.write(resultJson(result));
      for (const file of files) file.finish();
      return [...resultPaths, ...jobsPaths];
    },
    abandon() {
      for (const file of files) file.abandon();
    },
  };
}

/** All of them, or none. */
function openFiles(paths: readonly string[]): readonly OutputFile[] {
  const files: OutputFile[] = [];
  try {
    for (const path of paths) files.push(new OutputFile(path));
    return files;
  } catch (error) {
    for (const file of files) file.abandon();
    throw error;
  }
}
