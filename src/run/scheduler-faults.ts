/** Checks that a value is a scheduler: a user's file may be plain JavaScript. */
import type { Scheduler, SchedulerParameter } from "../core/scheduler.ts";

/** The fields that a scheduler must have, in words. See docs/schedulers.md. */
const contract: readonly (readonly [field: keyof Scheduler, what: string, test: (value: unknown) => boolean])[] = [
  ["name", "a name in kebab-case", (value) => typeof value === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value)],
  ["summary", "a line of text", (value) => typeof value === "string"],
  ["source", "a line of text (paper or textbook)", (value) => typeof value === "string"],
  [
    "parameters",
    "a list of parameters (may be empty), each with name, kind (number, choice, boolean or text) and a default of that kind; a choice has choices, the default among them",
    isParameterList,
  ],
  [
    "parameters",
    "each name is there once and has letters and digits only; a number's default lies within its min and max",
    (value) => !isParameterList(value) || (areNamesDistinct(value) && value.every(isInRange)),
  ],
  ["create", "a function (platform, parameters) that returns a policy", (value) => typeof value === "function"],
];

/** Describes what is wrong with the export of a scheduler file; empty if nothing is. */
export function faultsOf(exported: unknown): string[] {
  if (exported === undefined) return ["has no default export; a scheduler file ends in `export default { … }`"];
  if (typeof exported !== "object" || exported === null) return ["its default export must be a scheduler object"];
  const fields = exported as Readonly<Record<string, unknown>>;
  return contract
    .filter(([field, , test]) => !test(fields[field]))
    .map(([field, what]) => `${fields[field] === undefined ? "lacks" : "has a wrong"} "${field}": ${what}`);
}

function isParameterList(value: unknown): value is readonly SchedulerParameter[] {
  return Array.isArray(value) && value.every(isParameter);
}

function areNamesDistinct(parameters: readonly SchedulerParameter[]): boolean {
  const names = parameters.map(({ name }) => name);
  return new Set(names).size === names.length && names.every((name) => /^[A-Za-z]\w*$/.test(name));
}

function isInRange(parameter: SchedulerParameter): boolean {
  if (parameter.kind !== "number") return true;
  const { default: usual, min = -Infinity, max = Infinity } = parameter;
  return typeof min === "number" && typeof max === "number" && usual >= min && usual <= max;
}

function isParameter(value: unknown): boolean {
  const { kind, name, default: usual, choices } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof name !== "string") return false;
  if (kind === "choice") return Array.isArray(choices) && choices.includes(usual);
  if (kind === "text") return typeof usual === "string";
  return (kind === "number" || kind === "boolean") && typeof usual === kind;
}
