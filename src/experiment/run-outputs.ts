/** The files of a run: its result, and its jobs as they end. */
import { join } from "node:path";
import type { JobRecord } from "../core/records.ts";
import type { RunResult } from "../core/result.ts";
import { jobsCsvHeader, jobsCsvLine } from "../output/jobs-csv.ts";
import { resultJson } from "../output/json.ts";
import { makeFolder, OutputFile } from "./output-file.ts";
import type { RunSetup } from "./run-setup.ts";

export interface RunOutputs {
  /** undefined: no file wants the jobs. */
  readonly jobEnded: ((job: JobRecord) => void) | undefined;
  /** Paths written. */
  finish(result: RunResult): readonly string[];
  abandon(): void;
}

export interface OutputPaths {
  /** Folder for result.json and jobs.csv. */
  readonly folder: string | undefined;
  readonly jobs: string | undefined;
}

/** Opens the files of all runs, or none. Throws RequestError where one cannot be written. */
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
  const jobsPaths = [jobs ?? [], folder === undefined ? [] : join(folder, "jobs.csv")].flat();
  const resultPath = folder === undefined ? undefined : join(folder, "result.json");
  const jobsFiles = jobsPaths.map((path) => new OutputFile(path));
  const resultFile = resultPath === undefined ? undefined : new OutputFile(resultPath);
  const all = [...jobsFiles, ...(resultFile === undefined ? [] : [resultFile])];
  const toJobs = (text: string): void => {
    for (const file of jobsFiles) file.write(text);
  };
  const line = jobsCsvLine(program.scenario, program.system);
  toJobs(jobsCsvHeader);
  return {
    jobEnded: jobsFiles.length === 0 ? undefined : (job) => toJobs(line(job)),
    finish(result) {
      resultFile?.write(resultJson(result));
      for (const file of all) file.finish();
      return [resultPath ?? [], jobsPaths].flat();
    },
    abandon() {
      for (const file of all) file.abandon();
    },
  };
}
