/** Reads the two sides of a diff: results in files, or schedulers. */
import type { ComparedRun } from "../../diff/diff.ts";
import type { Library } from "../../files/library.ts";
import { readResults, requestAgain } from "../../files/result-file.ts";
import { RequestError } from "../../input/request-error.ts";
import { prepare } from "../../run/prepare.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { Settings } from "../../run/settings.ts";
import type { Workbench } from "../../run/workbench.ts";
import { readSchedulerEntries } from "../compare/scheduler-entries.ts";
import { requestsOf } from "../runs/plan.ts";

/** One run to compare. */
export interface Side {
  readonly label: string;
  readonly request: RunRequest;
  /** Of a result in a file: the repeated run must have it. */
  readonly statedHash?: string;
}

export interface SideSettings {
  /** Result files or schedulers, as given. */
  readonly a: string;
  readonly b: string;
  /** Of runs of schedulers; with a result in a file, that file says all of them. */
  readonly settings: Settings;
  /** Options that cannot be given beside a result in a file, as given. */
  readonly given: readonly string[];
  /** Parameters as `name=value` or `scheduler:name=value`. */
  readonly params: readonly string[];
}

/** A scheduler's file is never JSON. */
const isResult = (text: string): boolean => /[.]json$/i.test(text);

/** Throws RequestError, InputError or IncomparableError. */
export async function readSides(asked: SideSettings, library: Library): Promise<readonly [Side, Side]> {
  const texts = [asked.a, asked.b] as const;
  const results = texts.filter(isResult);
  if (results.length > 0 && asked.given.length > 0)
    throw new RequestError(
      `${results[0]} says itself what was run; leave out ${asked.given.join(", ")}, or compare two schedulers`,
    );
  const read = texts.map((text) => (isResult(text) ? resultSide(text, library) : undefined));
  const known = read.find((side) => side !== undefined);
  const names = texts.filter((text) => !isResult(text));
  if (names.length === 0 && asked.params.length > 0)
    throw new RequestError("both results say their parameters themselves; leave out -p");
  const base = known?.request ?? scenarioRequest(asked.settings, library);
  const schedulers = await schedulerSides(names, asked.params, base, library);
  const sides = texts.map((text, index) => read[index] ?? schedulers[names.indexOf(text)]!);
  return [sides[0]!, sides[1]!];
}

/** Loads and checks both before the first one runs. Throws RequestError or InputError. */
export async function prepareSides(
  [a, b]: readonly [Side, Side],
  workbench: Workbench,
): Promise<readonly [ComparedRun, ComparedRun]> {
  return [
    { ...a, setup: await prepare(a.request, workbench) },
    { ...b, setup: await prepare(b.request, workbench) },
  ];
}

function resultSide(path: string, library: Library): Side {
  const results = readResults(library.fileAt(path), library);
  const [result] = results;
  if (result === undefined || results.length > 1)
    throw new RequestError(`${path} has ${results.length} results; diff takes files with one`);
  return { label: path, request: requestAgain(result, library), statedHash: result.resultHash };
}

function scenarioRequest(settings: Settings, library: Library): RunRequest {
  const requests = requestsOf(settings, library);
  if (requests.length === 1) return requests[0]!;
  throw new RequestError(`diff takes one scenario, not the ${requests.length} of ${settings.scenarios.join(", ")}`);
}

async function schedulerSides(
  names: readonly string[],
  params: readonly string[],
  base: RunRequest,
  library: Library,
): Promise<readonly Side[]> {
  const [first] = names;
  if (first === undefined) return [];
  const { all } = await readSchedulerEntries({ schedulers: names, baseline: first, params, paramsFiles: [] }, library);
  // The same scheduler twice is one entry.
  return all.map(({ label, scheduler, parameters }) => ({ label, request: { ...base, scheduler, parameters } }));
}
