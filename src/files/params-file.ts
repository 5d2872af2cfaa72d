/** Parameter files: a scheduler with its parameters, as `rtmm tune -o` writes and `--params` reads them. */
import { nameHint } from "../input/closest.ts";
import { readText } from "../input/file-source.ts";
import { isPath } from "../input/is-path.ts";
import { ProblemList } from "../input/problem-list.ts";
import { show } from "../input/quote.ts";
import { Report } from "../input/report.ts";
import { RequestError } from "../input/request-error.ts";
import { parseYaml } from "../input/yaml-document.ts";
import { findScheduler } from "../run/find-scheduler.ts";
import type { FoundScheduler } from "../run/run-files.ts";
import { resolveParameters } from "../schedulers/parameters.ts";
import type { Library } from "./library.ts";

export interface SchedulerWithParams {
  /** Name, or path from the current folder. */
  readonly scheduler: string;
  readonly params: Readonly<Record<string, unknown>>;
}

const keys = ["scheduler", "params"];

/** Throws an InputError with all problems of the file; a scheduler's path starts at the file's own folder. */
export async function readParamsFile(path: string, library: Library): Promise<SchedulerWithParams> {
  const shown = library.fileAt(path);
  const problems = new ProblemList();
  const text = readText(shown, library, problems);
  const file = text === undefined ? undefined : parseYaml(shown, text, problems);
  const report = file === undefined ? undefined : new Report(file, problems);
  if (report !== undefined && isMapping(report.file.value, [], report)) {
    const { value } = report.file;
    checkKeys(value, report);
    const scheduler = located(value.scheduler, shown, library);
    const found = await schedulerOf(scheduler, report, library);
    if (found !== undefined) checkParams(value.params, found, report);
    problems.finish();
    return { scheduler: scheduler as string, params: (value.params ?? {}) as SchedulerWithParams["params"] };
  }
  problems.finish();
  throw new Error(`${shown} was neither read nor refused`);
}

/** Likewise, for a scheduler named on the command line, if one is: RequestError where the file is for another. */
export async function readParamsFor(
  scheduler: string | undefined,
  path: string,
  library: Library,
): Promise<SchedulerWithParams> {
  const file = await readParamsFile(path, library);
  const asked = scheduler !== undefined && isPath(scheduler) ? library.fileAt(scheduler) : scheduler;
  if (asked === undefined || asked === file.scheduler) return { ...file, scheduler: scheduler ?? file.scheduler };
  throw new RequestError(`${path} has parameters of "${file.scheduler}", not of "${asked}"`);
}

type Mapping = Readonly<Record<string, unknown>>;

function isMapping(value: unknown, path: readonly string[], report: Report): value is Mapping {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return true;
  report.problem(path, "WRONG_TYPE", `${path[0] ?? "a parameter file"} must be a mapping (key: value)`);
  return false;
}

function checkKeys(value: Mapping, report: Report): void {
  for (const key of Object.keys(value)) {
    if (!keys.includes(key))
      report.problem([key], "UNKNOWN_KEY", `unknown key ${show(key)}${nameHint(key, keys)}`, "key");
  }
  if (value.scheduler === undefined)
    report.problem([], "MISSING_KEY", 'a parameter file needs "scheduler": whose parameters they are');
}

const located = (name: unknown, fromFile: string, library: Library): unknown =>
  typeof name === "string" && isPath(name) ? library.locate(name, fromFile) : name;

async function schedulerOf(name: unknown, report: Report, library: Library): Promise<FoundScheduler | undefined> {
  if (name === undefined) return undefined;
  if (typeof name === "string") {
    try {
      return await findScheduler(name, library);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      report.problem(["scheduler"], "UNKNOWN_NAME", error.message);
      return undefined;
    }
  }
  report.problem(["scheduler"], "WRONG_TYPE", `scheduler must be the name or file of a scheduler, got ${show(name)}`);
  return undefined;
}

function checkParams(params: unknown, { scheduler }: FoundScheduler, report: Report): void {
  if (params === undefined || params === null || !isMapping(params, ["params"], report)) return;
  for (const { code, parameter, message } of resolveParameters(scheduler, params).problems) {
    const isUnknown = code === "UNKNOWN_PARAMETER";
    const place = isUnknown ? "key" : "value";
    report.problem(["params", parameter], isUnknown ? "UNKNOWN_NAME" : "WRONG_TYPE", message, place);
  }
}
