/** What the playground shows: everything that a run depends on, as plain data. Links and workers carry it. */

import type { ParameterValue } from "../core/scheduler.ts";
import { isMapping } from "../input/mapping.ts";
import { LARGEST_SEED, LONGEST_MS } from "../run/settings.ts";

export { LARGEST_SEED };

export interface PlayState {
  readonly scenario: PlayFile;
  readonly system: PlayFile;
  /** Name of a built-in. */
  readonly scheduler: string;
  /** Those that are not left to the scheduler's defaults. */
  readonly params: Readonly<Record<string, ParameterValue>>;
  readonly seed: number;
  /** undefined: the scenario's own. */
  readonly durationMs?: number | undefined;
  /** undefined: all jobs are measured. */
  readonly warmupMs?: number | undefined;
  /** Numbers by place, such as `system.accelerators[0].pes`: what sliders changed. */
  readonly set: Readonly<Record<string, number>>;
  /** As `--rate-scale` takes it: a factor on all rates, or on those of some tasks. */
  readonly rateScale: number | Readonly<Record<string, number>>;
  /** Further files that scenario and system name, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** A built-in by name, or a text of one's own. */
export interface PlayFile {
  /** Of the built-in; with a text, of what it was made from. */
  readonly name: string;
  readonly text?: string | undefined;
}

/** What edited files are called: in messages, in the command line, and when they are downloaded. */
export const fileNames = { scenario: "scenario.yaml", system: "system.yaml" } as const;

export const firstState: PlayState = {
  scenario: { name: "vr-gaming" },
  system: { name: "hda-2-ws-os-4k" },
  scheduler: "edf",
  params: {},
  seed: 1,
  set: {},
  rateScale: 1,
  files: {},
};

/** Another scenario has other tasks, so sliders of the old one go. */
export const withScenario = (state: PlayState, scenario: PlayFile): PlayState => ({
  ...state,
  scenario,
  durationMs: undefined,
  warmupMs: undefined,
  rateScale: 1,
  set: without(state.set, "scenario."),
});

export const withSystem = (state: PlayState, system: PlayFile): PlayState => ({
  ...state,
  system,
  set: without(state.set, "system."),
});

/** Each scheduler has its own parameters. */
export const withScheduler = (state: PlayState, scheduler: string): PlayState => ({ ...state, scheduler, params: {} });

/** `undefined` takes the value back. */
export const withParameter = (state: PlayState, name: string, value: ParameterValue | undefined): PlayState => ({
  ...state,
  params: changed(state.params, name, value),
});

export const withSetting = (state: PlayState, place: string, value: number | undefined): PlayState => ({
  ...state,
  set: changed(state.set, place, value),
});

/** On one task. Tasks that have had a factor in common keep it. */
export function withTaskRate(state: PlayState, id: string, factor: number, rated: readonly string[]): PlayState {
  const { rateScale: before } = state;
  const all = typeof before === "number" ? Object.fromEntries(rated.map((each) => [each, before])) : before;
  const factors = Object.entries({ ...all, [id]: factor }).filter(([, each]) => each !== 1);
  return { ...state, rateScale: factors.length === 0 ? 1 : Object.fromEntries(factors) };
}

/** What the sliders say goes; texts stay. */
export const withoutSliders = (state: PlayState): PlayState => ({
  ...state,
  params: {},
  set: {},
  rateScale: 1,
  durationMs: undefined,
});

const changed = <Value>(
  values: Readonly<Record<string, Value>>,
  key: string,
  value: Value | undefined,
): Readonly<Record<string, Value>> => {
  const { [key]: _, ...others } = values;
  return value === undefined ? others : { ...others, [key]: value };
};

const without = (set: PlayState["set"], prefix: string): PlayState["set"] =>
  Object.fromEntries(Object.entries(set).filter(([place]) => !place.startsWith(prefix)));

/** Larger texts are refused: nobody edits them here, and links carry them. */
export const MOST_TEXT = 400_000;
const MOST_ENTRIES = 2000;

/** Checks a state that came from outside; undefined if it is none. */
export function checkedState(value: unknown): PlayState | undefined {
  if (!isMapping(value)) return undefined;
  const { scenario, system, scheduler, params, seed, durationMs, warmupMs, set, rateScale, files } = value;
  const isSound =
    isFile(scenario) &&
    isFile(system) &&
    isText(scheduler) &&
    isTable(params, (each) => isText(each) || isFiniteNumber(each) || typeof each === "boolean") &&
    isFiniteNumber(seed) &&
    Number.isInteger(seed) &&
    seed >= 0 &&
    seed <= LARGEST_SEED &&
    [durationMs, warmupMs].every((each) => each === undefined || (isFiniteNumber(each) && each >= 0)) &&
    Number(durationMs ?? 0) <= LONGEST_MS &&
    isTable(set, isFiniteNumber) &&
    (isFiniteNumber(rateScale) || isTable(rateScale, isFiniteNumber)) &&
    isTable(files, isText);
  return isSound ? (value as unknown as PlayState) : undefined;
}

const isText = (value: unknown): value is string => typeof value === "string" && value.length <= MOST_TEXT;
const isFiniteNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isFile = (value: unknown): value is PlayFile =>
  isMapping(value) && isText(value.name) && (value.text === undefined || isText(value.text));
const isTable = (value: unknown, isRight: (each: unknown) => boolean): boolean =>
  isMapping(value) && Object.keys(value).length <= MOST_ENTRIES && Object.values(value).every(isRight);
