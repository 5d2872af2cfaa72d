/** Two runs on one timeline, through any files. */
import type { Scheduler } from "../core/scheduler.ts";
import { type ComparedRun, diffRuns } from "../diff/diff.ts";
import { RequestError } from "../input/request-error.ts";
import type { RunDiff } from "../records/run-diff.ts";
import { runOnce } from "../run/run-once.ts";
import { checkRequest } from "./checks.ts";
import type { Place } from "./place.ts";
import { prepareIn } from "./prepare-in.ts";
import { type SetupRequest, setupKeys } from "./run-request.ts";

/** What two runs have in common, and in what each differs. */
export interface DiffRequest extends Partial<SetupRequest> {
  readonly a: DiffedRun;
  readonly b: DiffedRun;
}

/** A scheduler, or everything in which the run differs. A key here replaces that of both; `files` are added to theirs. */
export type DiffedRun = string | Scheduler | DiffedSetup;

/** In what one of the runs differs. */
export interface DiffedSetup extends Partial<SetupRequest> {
  /** What the diff calls the run (its scheduler, with the parameters that are given). */
  readonly label?: string;
}

export async function diffIn(request: DiffRequest, place: Place): Promise<RunDiff> {
  checkRequest(request, [...setupKeys, "a", "b", ...place.keys]);
  const { a, b, ...common } = request;
  const [ofA, ofB] = [setupOf(a, "a"), setupOf(b, "b")];
  const runs = [await preparedRun(ofA, common, place), await preparedRun(ofB, common, place)] as const;
  return diffRuns(runs, runOnce);
}

async function preparedRun(
  { label, ...own }: DiffedSetup,
  common: Partial<SetupRequest>,
  place: Place,
): Promise<ComparedRun> {
  // Without a scenario, preparing it says so.
  const request = { ...common, ...own, files: { ...common.files, ...own.files } } as SetupRequest;
  const { setup } = await prepareIn(request, place);
  return { setup, label: label ?? labelOf(setup.scheduler.name, request) };
}

/** Throws RequestError. */
function setupOf(run: DiffedRun, key: "a" | "b"): DiffedSetup {
  const setup = typeof run === "string" || isScheduler(run) ? { scheduler: run } : run;
  if (setup === undefined) throw new RequestError(`the request needs "${key}"`);
  checkRequest(setup, [...setupKeys, "label"]);
  return setup;
}

/** A setup has no such key. */
const isScheduler = (run: Scheduler | DiffedSetup): run is Scheduler =>
  typeof run === "object" && run !== null && "create" in run;

function labelOf(scheduler: string, { params = {} }: SetupRequest): string {
  const given = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  return given.length === 0 ? scheduler : `${scheduler}:${given.join("+")}`;
}
