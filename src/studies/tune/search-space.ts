/** The searched parameters of a scheduler, with their bounds and start values. */
import type { Scheduler, SchedulerParameter } from "../../core/scheduler.ts";
import { didYouMean } from "../../input/closest.ts";
import { decimal } from "../../input/decimal.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Bound, Point } from "../../schedulers/dream/neighbour-search.ts";
import type { TuneSettings } from "./settings.ts";

export interface SearchSpace {
  readonly parameters: readonly Ranged[];
  readonly start: Point;
}

type NumberParameter = Extract<SchedulerParameter, { kind: "number" }>;

export type Ranged = NumberParameter & Bound;

/** The papers search two weights, and a grid over more would take too long. */
const USUAL_DIMENSIONS = 2;

/** Throws RequestError for parameters that cannot be searched and starts out of their ranges. */
export function searchSpace(scheduler: Scheduler, { searched, start }: TuneSettings): SearchSpace {
  const ranged = scheduler.parameters.filter(isRanged);
  const asked = searched ?? startingWith(Object.keys(start), ranged).slice(0, USUAL_DIMENSIONS);
  if (asked.length === 0) {
    throw new RequestError(
      `scheduler "${scheduler.name}" has no number with a range (min and max) to search${openHint(scheduler)}`,
    );
  }
  const parameters = distinct(asked.map((text) => rangedNamed(text, scheduler)));
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

/** Parameters with a given start come first. */
const startingWith = (names: readonly string[], ranged: readonly Ranged[]): string[] => [
  ...names,
  ...ranged.map(({ name }) => name).filter((name) => !names.includes(name)),
];

/** Parses a name, or a name with its own bounds: `periodMs=0.1..1`. */
function rangedNamed(text: string, { name: scheduler, parameters }: Scheduler): Ranged {
  const [name = "", range] = text.split(/=(.*)/s);
  const parameter = parameters.find((each) => each.name === name);
  if (parameter === undefined) {
    const names = parameters.filter(({ kind }) => kind === "number").map((each) => each.name);
    const hint = didYouMean(name, names) || `; it can search: ${names.join(", ") || "none"}`;
    throw new RequestError(`scheduler "${scheduler}" has no parameter "${name}"${hint}`);
  }
  if (parameter.kind !== "number") {
    throw new RequestError(`parameter "${name}" of "${scheduler}" cannot be searched: it is not a number`);
  }
  if (range !== undefined) return withRange(parameter, range);
  if (isRanged(parameter)) return parameter;
  throw new RequestError(
    `parameter "${name}" of "${scheduler}" has no range of its own; give one: --search ${name}=from..to`,
  );
}

/** Parses bounds given by the user, which must lie within the declared ones. */
function withRange(parameter: NumberParameter, text: string): Ranged {
  const [min = Number.NaN, max = Number.NaN, ...more] = text.split("..").map(decimal);
  const isIn = (value: number) =>
    value >= (parameter.min ?? -Infinity) &&
    value <= (parameter.max ?? Infinity) &&
    (parameter.isInteger ? Number.isSafeInteger(value) : Number.isFinite(value));
  if (more.length === 0 && min < max && isIn(min) && isIn(max)) return { ...parameter, min, max };
  throw new RequestError(
    `the range of "${parameter.name}" must be two ${accepted(parameter)} as from..to, got "${text}"`,
  );
}

function accepted({ isInteger, min, max }: NumberParameter): string {
  const from = min === undefined ? "" : ` from ${min}`;
  return `${isInteger ? "whole numbers" : "numbers"}${from}${max === undefined ? "" : ` to ${max}`}`;
}

/** Suggests a parameter that could be searched if its bounds were given. */
function openHint({ parameters }: Scheduler): string {
  const names = parameters.filter(({ kind }) => kind === "number").map(({ name }) => name);
  return names.length === 0 ? "" : `; give one: --search ${names[0]}=from..to`;
}

/** Keeps the last parameter of each name. */
const distinct = (parameters: readonly Ranged[]): readonly Ranged[] => [
  ...new Map(parameters.map((parameter) => [parameter.name, parameter])).values(),
];

const notSearched = (name: string, parameters: readonly Ranged[]): string => {
  const names = parameters.map((parameter) => parameter.name);
  return `--start gives "${name}", which is not searched${didYouMean(name, names) || `; the searched parameters are: ${names.join(", ")}`}`;
};

function startOf({ name, min, max, isInteger, default: usual }: Ranged, given: number | undefined): number {
  const value = given ?? usual;
  if (value >= min && value <= max && (isInteger !== true || Number.isInteger(value))) return value;
  const kind = isInteger === true ? "whole number" : "number";
  throw new RequestError(`the start of "${name}" must be a ${kind} from ${min} to ${max}, got ${value}`);
}
