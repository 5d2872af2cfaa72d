/** Checks the values that a user gives for a scheduler's parameters. */
import type { ParameterValue, ParameterValues, Scheduler, SchedulerParameter } from "../core/scheduler.ts";

/** What is wrong with a value that was given for a parameter. */
export interface ParameterProblem {
  readonly code: "UNKNOWN_PARAMETER" | "BAD_PARAMETER";
  readonly parameter: string;
  readonly message: string;
}

/** Adds defaults and converts text. The problems name each parameter that is unknown or out of range. */
export function resolveParameters(
  scheduler: Scheduler,
  given: Readonly<Record<string, unknown>>,
): { readonly values: ParameterValues; readonly problems: readonly ParameterProblem[] } {
  const problems: ParameterProblem[] = [];
  const values: Record<string, ParameterValue> = {};
  for (const parameter of scheduler.parameters) values[parameter.name] = parameter.default;
  for (const [name, value] of Object.entries(given)) {
    const parameter = scheduler.parameters.find((declared) => declared.name === name);
    if (parameter === undefined) {
      const known = scheduler.parameters.map((declared) => declared.name).join(", ") || "none";
      const message = `scheduler "${scheduler.name}" has no parameter "${name}"; it has: ${known}`;
      problems.push({ code: "UNKNOWN_PARAMETER", parameter: name, message });
      continue;
    }
    const checked = checkedValue(parameter, value);
    if (checked === undefined) {
      const message = `parameter "${name}" of "${scheduler.name}" must be ${expectation(parameter)}, got "${value}"`;
      problems.push({ code: "BAD_PARAMETER", parameter: name, message });
    } else values[name] = checked;
  }
  return { values, problems };
}

function checkedValue(parameter: SchedulerParameter, value: unknown): ParameterValue | undefined {
  switch (parameter.kind) {
    case "number":
      return checkedNumber(parameter, value);
    case "boolean":
      return switchedOn(value);
    case "choice":
      return parameter.choices.find((choice) => choice === value) ?? switchChoice(parameter.choices, value);
    case "text":
      return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
    default:
      return parameter satisfies never;
  }
}

/** YAML 1.1 writes on and off as true and false. */
function switchWord(value: unknown): "on" | "off" | undefined {
  if (["on", "yes", "true", true].includes(value as string)) return "on";
  return ["off", "no", "false", false].includes(value as string) ? "off" : undefined;
}

function switchedOn(value: unknown): boolean | undefined {
  const word = switchWord(value);
  return word === undefined ? undefined : word === "on";
}

function switchChoice(choices: readonly string[], value: unknown): string | undefined {
  const word = switchWord(value);
  return choices.find((choice) => choice === word);
}

function checkedNumber(parameter: SchedulerParameter & { kind: "number" }, value: unknown): number | undefined {
  const number =
    typeof value === "number" ? value : typeof value === "string" && value.trim() !== "" ? Number(value) : NaN;
  const { min = -Infinity, max = Infinity, isInteger = false } = parameter;
  if (!Number.isFinite(number) || number < min || number > max) return undefined;
  return isInteger && !Number.isInteger(number) ? undefined : number;
}

/** What a parameter accepts, in words. */
export function expectation(parameter: SchedulerParameter): string {
  switch (parameter.kind) {
    case "number": {
      const { min, max, isInteger = false } = parameter;
      const range = [min === undefined ? [] : `from ${min}`, max === undefined ? [] : `to ${max}`].flat().join(" ");
      return `a ${isInteger ? "whole " : ""}number${range === "" ? "" : ` ${range}`}`;
    }
    case "boolean":
      return "true or false";
    case "choice":
      return `one of ${parameter.choices.join(", ")}`;
    case "text":
      return "text";
    default:
      return parameter satisfies never;
  }
}
