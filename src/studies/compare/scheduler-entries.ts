/** The schedulers of a comparison, each with its parameters. */
import { basename } from "node:path";
import type { Scheduler } from "../../core/scheduler.ts";
import type { Library } from "../../files/library.ts";
import { readParamsFile, type SchedulerWithParams } from "../../files/params-file.ts";
import { didYouMean } from "../../input/closest.ts";
import { RequestError } from "../../input/request-error.ts";
import { isCommand } from "../../input/scheduler-command.ts";
import { findScheduler } from "../../run/find-scheduler.ts";
import { schedulers } from "../../schedulers/index.ts";
import { expectation } from "../../schedulers/parameters.ts";
import type { CompareSettings } from "./settings.ts";

/** The settings that select schedulers and their parameters. */
export type SchedulerSettings = Pick<CompareSettings, "schedulers" | "baseline" | "params" | "paramsFiles">;

export interface SchedulerEntry {
  /** Its name in the comparison. Unique among schedulers. */
  readonly label: string;
  /** Name or path. */
  readonly scheduler: string;
  /** As given. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** `default`: the user neither named it nor gave it a parameter, so it is omitted if it does not support a system. */
  readonly presence: "asked" | "default";
}

export interface SchedulerEntries {
  readonly all: readonly SchedulerEntry[];
  readonly baseline: SchedulerEntry;
}

/** The baseline comes first if it was not among the schedulers. Throws RequestError or InputError. */
export async function readSchedulerEntries(settings: SchedulerSettings, library: Library): Promise<SchedulerEntries> {
  const entries = await foundEntries(settings, library);
  const assigned = await assignments(settings, library);
  for (const assignment of assigned) {
    assertUsed(assignment, entries);
    assertClear(assignment, entries);
  }
  const all = entries.map((entry): SchedulerEntry => {
    const { label, spec, own, presence } = entry;
    const given = assigned.filter((each) => each.isFor(entry)).map(({ params }) => params);
    const parameters = Object.assign({}, ...given, own) as SchedulerEntry["parameters"];
    return { label, scheduler: spec, parameters, presence: given.length > 0 ? "asked" : presence };
  });
  const baselineIndex = Math.max(0, entries.findIndex(isCalled(settings.baseline ?? "fcfs")));
  all[baselineIndex] = { ...all[baselineIndex]!, presence: "asked" };
  return { all, baseline: all[baselineIndex]! };
}

/** A scheduler as the user wrote it, resolved. */
interface FoundEntry {
  /** As the user wrote it. */
  readonly text: string;
  readonly label: string;
  readonly spec: string;
  readonly scheduler: Scheduler;
  /** Parameters given with the entry itself. */
  readonly own: Readonly<Record<string, unknown>>;
  readonly presence: SchedulerEntry["presence"];
}

async function foundEntries(
  { schedulers: asked, baseline }: SchedulerSettings,
  library: Library,
): Promise<FoundEntry[]> {
  const presence = asked === undefined ? "default" : "asked";
  const entries: FoundEntry[] = [];
  for (const given of new Set(asked ?? schedulers.map(({ name }) => name))) {
    entries.push(await foundEntry(given, presence, library));
  }
  if (baseline !== undefined && !entries.some(isCalled(baseline))) {
    entries.unshift(await foundEntry(baseline, "asked", library));
  }
  return entries.map((entry, index) => ({ ...entry, label: uniqueLabel(entry, entries.slice(0, index)) }));
}

const isCalled =
  (name: string) =>
  ({ text, label }: FoundEntry): boolean =>
    text === name || label === name;

/** `edf`, `./mine.js`, `edf:granularity=model+placement=edp`, a parameter file, or a scheduler with parameters. */
async function foundEntry(
  given: string | SchedulerWithParams,
  presence: SchedulerEntry["presence"],
  library: Library,
): Promise<FoundEntry> {
  return typeof given === "string" ? textEntry(given, presence, library) : paramsEntry(given, presence, library);
}

async function paramsEntry(
  { scheduler: spec, params: own }: SchedulerWithParams,
  presence: SchedulerEntry["presence"],
  library: Library,
): Promise<FoundEntry> {
  const { scheduler } = await findScheduler(spec, library);
  const values = Object.entries(own).map(([name, value]) => `${name}=${value}`);
  const text = [scheduler.name, ...(values.length === 0 ? [] : [values.join("+")])].join(":");
  return { text, label: text, spec, scheduler, own, presence };
}

async function textEntry(text: string, presence: SchedulerEntry["presence"], library: Library): Promise<FoundEntry> {
  if (!isCommand(text) && /[.]ya?ml$/.test(text)) {
    const { scheduler: spec, params: own } = await readParamsFile(text, library);
    const { scheduler } = await findScheduler(spec, library);
    return { text, label: `${scheduler.name} (${basename(text)})`, spec, scheduler, own, presence };
  }
  const [, spec = text, params = ""] = /^(.*?):([A-Za-z]\w*=.*)$/.exec(text) ?? [];
  const { scheduler } = await findScheduler(spec, library);
  const own = Object.fromEntries(params === "" ? [] : params.split("+").map(assignment));
  return {
    text,
    label: params === "" ? scheduler.name : `${scheduler.name}:${params}`,
    spec,
    scheduler,
    own,
    presence,
  };
}

/** Schedulers with the same name are distinguished by what the user wrote. */
const uniqueLabel = ({ text, label }: FoundEntry, before: readonly FoundEntry[]): string =>
  before.some((each) => each.label === label) ? text : label;

interface Assignment {
  readonly text: string;
  /** Name or file of the scheduler that it is for; undefined: all that have the parameter. */
  readonly target: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
  isFor(entry: FoundEntry): boolean;
}

/** Files first, so that options win. */
async function assignments({ params, paramsFiles }: SchedulerSettings, library: Library): Promise<Assignment[]> {
  const fromFiles = [];
  for (const path of paramsFiles) {
    const file = await readParamsFile(path, library);
    fromFiles.push(assignmentTo(path, file.scheduler, file.params));
  }
  return [...fromFiles, ...params.map(optionAssignment)];
}

function optionAssignment(text: string): Assignment {
  const [, target, rest = text] = /^([^=]*):([A-Za-z]\w*=.*)$/.exec(text) ?? [];
  return assignmentTo(text, target, Object.fromEntries([assignment(rest)]));
}

function assignmentTo(text: string, target: string | undefined, params: Assignment["params"]): Assignment {
  const isNamed = ({ spec, scheduler }: FoundEntry) => target === spec || target === scheduler.name;
  const hasAll = ({ scheduler }: FoundEntry) =>
    Object.keys(params).every((name) => scheduler.parameters.some((declared) => declared.name === name));
  return { text, target, params, isFor: target === undefined ? hasAll : isNamed };
}

function assignment(text: string): [name: string, value: string] {
  const at = text.indexOf("=");
  if (at >= 1) return [text.slice(0, at), text.slice(at + 1)];
  throw new RequestError(`write a parameter as name=value or scheduler:name=value, got "${text}"`);
}

function assertUsed({ text, target, params, isFor }: Assignment, entries: readonly FoundEntry[]): void {
  if (entries.some(isFor)) return;
  const names = entries.map(({ scheduler }) => scheduler.name);
  if (target !== undefined) {
    const hint = didYouMean(target, names) || `; the compared schedulers are: ${names.join(", ")}`;
    throw new RequestError(`"${text}" is for scheduler "${target}", which is not compared${hint}`);
  }
  const [name] = Object.keys(params) as [string];
  const known = new Set(entries.flatMap(({ scheduler }) => scheduler.parameters.map((declared) => declared.name)));
  throw new RequestError(`none of the compared schedulers has a parameter "${name}"${didYouMean(name, known)}`);
}

/** Parameters of one name that accept different values are different ones. */
function assertClear({ text, target, params, isFor }: Assignment, entries: readonly FoundEntry[]): void {
  if (target !== undefined) return;
  for (const name of Object.keys(params)) {
    const meant = meaningsOf(name, entries.filter(isFor));
    if (meant.length < 2) continue;
    const meanings = meant.map(([is, names]) => `for ${names.join(", ")} it is ${is}`).join("; ");
    const [first] = meant[0]![1];
    throw new RequestError(`"${text}" is not clear: ${meanings}. Name the scheduler, as in ${first}:${text}`);
  }
}

/** What the parameter accepts, with the schedulers where it does. */
function meaningsOf(name: string, entries: readonly FoundEntry[]): (readonly [accepts: string, names: string[]])[] {
  const meanings = new Map<string, Set<string>>();
  for (const { scheduler } of entries) {
    const is = expectation(scheduler.parameters.find((declared) => declared.name === name)!);
    meanings.set(is, (meanings.get(is) ?? new Set()).add(scheduler.name));
  }
  return [...meanings].map(([is, names]) => [is, [...names]]);
}
