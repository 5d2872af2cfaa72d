/** Reads the schedulers of an experiment: built-in names, users' files and parameter files. */

import { readParamsFile, type SchedulerWithParams } from "../../../files/params-file.ts";
import { isPath } from "../../../input/is-path.ts";
import type { Path } from "../../../input/parsed-file.ts";
import type { Report } from "../../../input/report.ts";
import { RequestError } from "../../../input/request-error.ts";
import { isCommand } from "../../../input/scheduler-command.ts";
import { findScheduler } from "../../../run/find-scheduler.ts";
import { givenParameters } from "../../../run/given-parameters.ts";
import type { FoundScheduler } from "../../../run/run-files.ts";
import { axesOf, loadedFile, type ReadEntry, type ReadingContext } from "./entry-reading.ts";
import type { SchedulerEntryFile } from "./experiment-file.ts";
import type { Axis } from "./variants.ts";

/** `report`: at the entry. undefined after fatal problems. */
export async function schedulerEntry(
  written: SchedulerEntryFile,
  report: Report,
  context: ReadingContext,
): Promise<ReadEntry | undefined> {
  const isText = typeof written === "string";
  const name = isText ? written : written.scheduler;
  const place = isText ? [] : ["scheduler"];
  const given = isText ? {} : (written.params ?? {});
  const found = await foundAt(name, place, report, context);
  if (found === undefined) return undefined;
  const { scheduler, files, target, tuned } = found;
  context.inputs.note(files);
  const own = axesOf(given, report.within(["params"]), context);
  checkParameters(found, own, report.within(["params"]), context);
  const others = Object.entries(tuned).filter(([key]) => !Object.hasOwn(given, key));
  const axes = [...others.map(([key, value]) => ({ key, values: [value] })), ...own];
  return { label: scheduler.name, target, axes, report, origin: "named" };
}

interface Found extends FoundScheduler {
  /** Name, or path of the user's file. */
  readonly target: string;
  /** Parameters from a parameter file. */
  readonly tuned: SchedulerWithParams["params"];
}

async function foundAt(
  name: string,
  place: Path,
  report: Report,
  { path, workbench: { files: library } }: ReadingContext,
): Promise<Found | undefined> {
  const target = library.locateScheduler(name, path);
  if (isPath(name) && library.status(target).kind === "missing") {
    report.problem(place, "MISSING_FILE", `there is no file ${target}`);
    return undefined;
  }
  try {
    return await loadedFile(async () => {
      if (isCommand(target) || !/[.]ya?ml$/.test(target))
        return { ...(await findScheduler(target, library)), target, tuned: {} };
      const { scheduler, params } = await readParamsFile(target, library);
      return { ...(await findScheduler(scheduler, library)), target: scheduler, tuned: params };
    }, report);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    report.problem(place, isPath(name) ? "WRONG_TYPE" : "UNKNOWN_NAME", error.message);
    return undefined;
  }
}

/**
 * Reports unknown parameters, and parameters of which no value is valid. If only some values are invalid, or the value
 * of a listed point is, those points fail.
 */
function checkParameters({ scheduler }: Found, axes: readonly Axis[], report: Report, { style }: ReadingContext): void {
  for (const { key, values } of axes) {
    const problems = values.map((value) => givenParameters(scheduler, { [key]: value }).problems[0]);
    const first = problems[0];
    if (first === undefined || problems.includes(undefined)) continue;
    const isUnknown = first.code === "UNKNOWN_PARAMETER";
    if (style === "points" && !isUnknown) continue;
    if (isUnknown) report.problem([key], "UNKNOWN_NAME", first.message, "key");
    else report.problem([key, 0], "WRONG_TYPE", first.message);
  }
}
