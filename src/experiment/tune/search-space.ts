/** Which parameters of a scheduler are searched, between which bounds, and from where. */
import type { Scheduler, SchedulerParameter } from "../../core/scheduler.ts";
import { didYouMean } from "../../input/closest.ts";
import type { Bound, Point } from "../../schedulers/neighbour-search.ts";
import { RequestError } from "../request-error.ts";
import type { TuneSettings } from "./settings.ts";

export interface SearchSpace {
  readonly parameters: readonly Ranged[];
  readonly start: Point;
}

export type Ranged = Extract<SchedulerParameter, { kind: "number" }> & Bound;

/** The papers search two weights, and a grid over more would take too long. */
const USUAL_DIMENSIONS = 2;

/** Throws RequestError for parameters that cannot be searched and starts out of their ranges. */
export function searchSpace(scheduler: Scheduler, { searched, start }: TuneSettings): SearchSpace {
  const ranged = scheduler.parameters.filter(isRanged);
  const asked = searched ?? startingWith(Object.keys(start), ranged).slice(0, USUAL_DIMENSIONS);
  if (asked.length === 0) {
    throw new RequestError(`scheduler "${scheduler.name}" has no number with a range (min and max) to search`);
  }
  const parameters = [...new Set(asked)].map((name) => rangedNamed(name, ranged, scheduler));
  for (const name of Object.keys(start)) {
    if (!parameters.some((parameter) => parameter.name === name)) throw new RequestError(notSearched(name, parameters));
  }
  return { parameters, start: parameters.map((parameter) => startOf(parameter, start[parameter.name])) };
}

const isRanged = (parameter: SchedulerParameter): parameter is Ranged =>
  parameter.kind === "number" &&
  parameter.min !== undefined &&
  parameter.max !== undefined &&
  parameter.min < parameter.max;

/** What a start was given for comes first. */
const startingWith = (names: readonly string[], ranged: readonly Ranged[]): string[] => [
  ...names,
  ...ranged.map(({ name }) => name).filter((name) => !names.includes(name)),
];

function rangedNamed(name: string, ranged: readonly Ranged[], { name: scheduler, parameters }: Scheduler): Ranged {
  const found = ranged.find((parameter) => parameter.name === name);
  if (found !== undefined) return found;
  const names = ranged.map((parameter) => parameter.name);
  if (parameters.some((parameter) => parameter.name === name))
    throw new RequestError(`parameter "${name}" of "${scheduler}" cannot be searched: it has no range of numbers`);
  const hint = didYouMean(name, names) || `; it can search: ${names.join(", ") || "none"}`;
  throw new RequestError(`scheduler "${scheduler}" has no parameter "${name}"${hint}`);
}

const notSearched = (name: string, parameters: readonly Ranged[]): string => {
  const names = parameters.map((parameter) => parameter.name);
  return `--start gives "${name}", which is not searched${didYouMean(name, names) || `; searched are: ${names.join(", ")}`}`;
};

function startOf({ name, min, max, isInteger, default: usual }: Ranged, given: number | undefined): number {
  const value = given ?? usual;
  if (value >= min && value <= max && (isInteger !== true || Number.isInteger(value))) return value;
  const kind = isInteger === true ? "whole number" : "number";
  throw new RequestError(`the start of "${name}" must be a ${kind} from ${min} to ${max}, got ${value}`);
}
