/** Parameter files: a scheduler with its parameters, as `rtmm tune -o` writes and `--params` reads them. */
import { ProblemList } from "../input/problem-list.ts";
import { type CheckedFile, readYaml } from "../input/read-yaml.ts";
import type { Report } from "../input/report.ts";
import { RequestError } from "../input/request-error.ts";
import { findScheduler } from "../run/find-scheduler.ts";
import { givenParameters } from "../run/given-parameters.ts";
import type { FoundScheduler } from "../run/run-files.ts";
import type { Library } from "./library.ts";

export interface SchedulerWithParams {
  /** Name, or path from the current folder. */
  readonly scheduler: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Throws an InputError with all problems of the file; a scheduler's path starts at the file's own folder. */
export async function readParamsFile(path: string, library: Library): Promise<SchedulerWithParams> {
  const shown = library.fileAt(path);
  const problems = new ProblemList();
  const checked = readYaml(shown, "params", library, problems);
  const read = checked && (await schedulerWithParams(checked, shown, library));
  problems.finish();
  return read!;
}

/** See schema/params.schema.json. */
interface ParamsFile {
  readonly scheduler?: unknown;
  readonly params?: SchedulerWithParams["params"] | null;
}

/** Complete if no problem was reported. */
async function schedulerWithParams(
  { value, report }: CheckedFile,
  path: string,
  library: Library,
): Promise<SchedulerWithParams | undefined> {
  const { scheduler: name, params } = (value ?? {}) as ParamsFile;
  if (typeof name !== "string" || !report.isSound(["scheduler"])) return undefined;
  const scheduler = library.locateScheduler(name, path);
  const found = await schedulerNamed(scheduler, report, library);
  if (found !== undefined && report.isSound(["params"])) checkParams(params ?? {}, found, report);
  return { scheduler, params: params ?? {} };
}

/** The same for the scheduler on the command line, if any. Throws RequestError if the file is for another one. */
export async function readParamsFor(
  scheduler: string | undefined,
  path: string,
  library: Library,
): Promise<SchedulerWithParams> {
  const file = await readParamsFile(path, library);
  const asked = scheduler && library.locateScheduler(scheduler, library.commandLine);
  if (asked === undefined || asked === file.scheduler) return { ...file, scheduler: scheduler ?? file.scheduler };
  throw new RequestError(`${path} has parameters of "${file.scheduler}", not of "${asked}"`);
}

async function schedulerNamed(name: string, report: Report, library: Library): Promise<FoundScheduler | undefined> {
  try {
    return await findScheduler(name, library);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    report.problem(["scheduler"], "UNKNOWN_NAME", error.message);
    return undefined;
  }
}

function checkParams(params: SchedulerWithParams["params"], { scheduler }: FoundScheduler, report: Report): void {
  for (const { code, parameter, message } of givenParameters(scheduler, params).problems) {
    const isUnknown = code === "UNKNOWN_PARAMETER";
    const place = isUnknown ? "key" : "value";
    report.problem(["params", parameter], isUnknown ? "UNKNOWN_NAME" : "WRONG_TYPE", message, place);
  }
}
