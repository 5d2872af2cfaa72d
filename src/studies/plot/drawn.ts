/** What figures are made of: a record in a file or a sweep's folder, or a run that is made for them. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { feasibility } from "../../analysis/feasibility/index.ts";
import { type LinearSolver, solverOr } from "../../analysis/solver/index.ts";
import type { Drawn } from "../../figures/figures-of.ts";
import type { Library } from "../../files/library.ts";
import { readRecord, recordsInFolders } from "../../files/record-file.ts";
import { requestAgain } from "../../files/result-file.ts";
import { IncomparableError } from "../../input/incomparable-error.ts";
import { RequestError } from "../../input/request-error.ts";
import type { PicturedRun } from "../../records/run-details.ts";
import type { RunResult } from "../../records/run-result.ts";
import type { Interruptibly } from "../../run/interruptibly.ts";
import { picturedRun } from "../../run/pictured-run.ts";
import { prepare } from "../../run/prepare.ts";
import type { RunSetup } from "../../run/run-setup.ts";
import type { Settings } from "../../run/settings.ts";
import { type GivenWindow, timelineWindow } from "../../run/timeline-window.ts";
import type { Workbench } from "../../run/workbench.ts";
import { requestsOf } from "../runs/plan.ts";
import { finishedSweep } from "../sweep/finished-sweep.ts";
import { isSweepFolder } from "../sweep/folder/sweep-folder.ts";

export interface DrawnSettings {
  /** A scenario, a JSON file or a folder, as given. */
  readonly input: string;
  /** Of the run, if the input is a scenario. */
  readonly settings: Settings;
  /** Options of a run as given, which a stored record cannot follow. */
  readonly given: readonly string[];
  readonly window: GivenWindow;
  /** Of a sweep; undefined: the usual ones. */
  readonly metrics: readonly string[] | undefined;
}

export interface DrawnParts {
  readonly workbench: Workbench<Library>;
  readonly interruptibly: Interruptibly;
  /** Hears of bounds that are left out. */
  note(remark: string): void;
}

export interface DrawnInput {
  readonly drawn: Drawn;
  /** What is missing from it, and why; absent: nothing. */
  readonly remark?: string;
}

/** Throws RequestError, InputError or IncomparableError. */
export async function readDrawn(asked: DrawnSettings, parts: DrawnParts): Promise<DrawnInput> {
  const { files } = parts.workbench;
  const path = files.absolute(asked.input);
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const inside = recordsInFolders.find((name) => isFolder && existsSync(join(path, name)));
  if (!isFolder && !asked.input.endsWith(".json")) {
    refuseMetrics(asked);
    return scenarioRun(asked, parts);
  }
  if (asked.given.length > 0)
    throw new RequestError(`${asked.input} is not run, so ${asked.given[0]} has no effect; leave it out`);
  const isSweep = isFolder && isSweepFolder(path);
  if (isSweep) {
    refuseWindow(asked);
    // Only whole sweeps: the front of a part is no front.
    return { drawn: { kind: "sweep", sweep: finishedSweep({ path, shown: asked.input }, asked.metrics).report } };
  }
  refuseMetrics(asked);
  if (isFolder && inside === undefined)
    throw new RequestError(
      `${asked.input} is a folder without sweep.json, result.json or matrix.json; name a file in it`,
    );
  return recordIn(files.fileAt(inside === undefined ? asked.input : join(path, inside)), asked, parts);
}

function refuseMetrics({ metrics }: DrawnSettings): void {
  if (metrics !== undefined) throw new RequestError("--metric is for the folder of a sweep");
}

function refuseWindow({ window: { fromMs, toMs } }: DrawnSettings): void {
  if (fromMs === undefined && toMs === undefined) return;
  throw new RequestError(`${fromMs === undefined ? "--to-ms" : "--from-ms"} is for the timeline of a run`);
}

async function scenarioRun({ settings, window, input }: DrawnSettings, parts: DrawnParts): Promise<DrawnInput> {
  const requests = requestsOf({ ...settings, scenarios: [input] }, parts.workbench.files);
  if (requests.length > 1)
    throw new RequestError(`${input} has ${requests.length} scenarios, and a figure shows one; name one of them`);
  const setup = await prepare(requests[0]!, parts.workbench);
  return { drawn: { kind: "run", run: await made(setup, settings.warmupMs, window, parts) } };
}

async function made(setup: RunSetup, warmupMs: number, given: GivenWindow, parts: DrawnParts): Promise<PicturedRun> {
  const window = timelineWindow(given, setup.program, warmupMs);
  const run = parts.interruptibly((pulse) => picturedRun(setup, { window, pulse }), setup);
  // Feasibility is about all jobs.
  if (warmupMs > 0) return { ...run, leastViolations: undefined };
  const solver = await solverOr((reason) => parts.note(`note: no bounds: ${reason}`));
  return { ...run, leastViolations: solver && provenViolations(setup, parts, solver) };
}

/** undefined: none, or not for all jobs. */
function provenViolations(
  { program, seed }: RunSetup,
  { workbench }: DrawnParts,
  solver: LinearSolver,
): PicturedRun["leastViolations"] {
  const { scenario, system } = program;
  const costs = workbench.costs(
    scenario.tasks.map(({ model }) => model),
    system,
  );
  const { violations: found } = feasibility(scenario, system, costs, { seed, solver });
  if (found === undefined || !found.areAll || found.violations === 0) return undefined;
  return { violations: found.violations, jobs: found.jobs };
}

async function recordIn(path: string, asked: DrawnSettings, parts: DrawnParts): Promise<DrawnInput> {
  const record = readRecord(path, parts.workbench.files);
  if (record.kind !== "results") {
    refuseWindow(asked);
    return { drawn: record };
  }
  const [result] = record.results;
  if (result === undefined || record.results.length > 1)
    throw new RequestError(
      `${path} has ${record.results.length} results, and a figure shows one; write each to its own file`,
    );
  return storedRun(result, asked.window, parts);
}

/** The run again, for what its result does not have; the result alone where that cannot be. */
async function storedRun(result: RunResult, window: GivenWindow, parts: DrawnParts): Promise<DrawnInput> {
  const setup = await preparedAgain(result, parts);
  if (typeof setup === "string") return { drawn: { kind: "run", run: { result } }, remark: setup };
  const run = await made(setup, result.warmupMs, window, parts);
  if (run.result.resultHash === result.resultHash) return { drawn: { kind: "run", run } };
  const remark = `the run has another result with this rtmm (${result.rtmmVersion} made the file); only the file is shown`;
  return { drawn: { kind: "run", run: { result } }, remark };
}

/** Or why it cannot be repeated. */
async function preparedAgain(result: RunResult, { workbench }: DrawnParts): Promise<RunSetup | string> {
  try {
    return await prepare(requestAgain(result, workbench.files), workbench);
  } catch (error) {
    if (!(error instanceof IncomparableError || error instanceof RequestError)) throw error;
    return `the run cannot be repeated, so only its result is shown: ${error.message}`;
  }
}
