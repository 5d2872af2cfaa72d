/** Requirements on a run, such as `slaSatisfaction>=0.99` or `tasks.ht.p99Ms<=22`. See docs/requirements.md. */

import { decimal } from "../../input/decimal.ts";
import { quote } from "../../input/quote.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { RunResult } from "../../records/run-result.ts";
import { type RequiredValue, requiredValue } from "./required-value.ts";

/** A bound that a value of a run must meet. */
export interface Requirement extends RequiredValue {
  /** As given, without spaces. */
  readonly text: string;
  readonly comparison: ">=" | "<=" | ">" | "<" | "==";
  /** In the metric's own unit; shares are 0 to 1. */
  readonly limit: number;
}

/** The part of a run that requirements read. */
export type Measured = Pick<RunResult, "metrics" | "tasks" | "accelerators" | "unknownEnergy">;

/** A requirement that a run does not meet. */
export interface Unmet {
  readonly requirement: Requirement;
  /** null: there was nothing to measure. */
  readonly value: number | null;
}

/** Throws RequestError for text that is not a requirement, and for an unknown metric. */
export function parseRequirement(text: string): Requirement {
  const [, path, comparison, limit] = /^\s*([^\s<>=!]+)\s*(>=|<=|==|>|<)\s*([^\s<>=]+)\s*$/.exec(text) ?? [];
  if (path === undefined) {
    // The shell takes an unquoted > or <, so only the text before it arrives here.
    const example = "--require 'slaSatisfaction>=0.99', in quotes because the shell uses < and >, too";
    throw new RequestError(
      `a requirement is a metric, one of >=, <=, >, <, == and a number, such as ${example}; got ${quote(text)}`,
    );
  }
  const value = requiredValue(path);
  return {
    ...value,
    text: `${path}${comparison}${limit}`,
    comparison: comparison as Requirement["comparison"],
    limit: limitOf(limit!, value.metric),
  };
}

/** Says why a text is not a requirement; undefined if it is one. */
export function requirementProblem(text: string): string | undefined {
  try {
    parseRequirement(text);
    return undefined;
  } catch (error) {
    if (error instanceof RequestError) return error.message;
    throw error;
  }
}

/** Throws RequestError with the problems of all texts. */
export function parseRequirements(texts: readonly string[]): readonly Requirement[] {
  const problems = texts.flatMap((text) => requirementProblem(text) ?? []);
  if (problems.length > 0) throw new RequestError(problems.join("\n"));
  return texts.map(parseRequirement);
}

function limitOf(text: string, { name, unit }: Metric): number {
  const isPercent = text.endsWith("%");
  const limit = decimal(isPercent ? text.slice(0, -1) : text);
  if (!Number.isFinite(limit)) throw new RequestError(`a requirement on ${name} needs a number, got ${quote(text)}`);
  if (isPercent && unit !== "share")
    throw new RequestError(`${name} is not a share, so it cannot be compared with ${quote(text)}`);
  const value = isPercent ? limit / 100 : limit;
  if (unit === "share" && value > 1) {
    const hint = limit > 2 && limit <= 100 ? `; did you mean ${limit}%?` : "";
    throw new RequestError(`${name} is a share, at most 1, got ${quote(text)}${hint}`);
  }
  return value;
}

/** undefined if met, or if the requirement does not apply to this run. With nothing to measure, it is not met. */
export function unmet(requirement: Requirement, run: Measured): Unmet | undefined {
  const value = measuredValue(requirement, run);
  if (value === undefined || (value !== null && holds(value, requirement))) return undefined;
  return { requirement, value };
}

/** null: nothing to measure. undefined: the run has no such task or accelerator, so the requirement does not apply. */
export function measuredValue({ scope, metric }: Requirement, run: Measured): number | null | undefined {
  const values: Values | undefined =
    scope.kind === "run" ? run.metrics : run[scope.kind].find(({ id }) => id === scope.id);
  return values && ((values[metric.name] as number | null | undefined) ?? null);
}

/** Compares the measured value exactly, without rounding. */
export function holds(value: number, { comparison, limit }: Pick<Requirement, "comparison" | "limit">): boolean {
  switch (comparison) {
    case ">=":
      return value >= limit;
    case "<=":
      return value <= limit;
    case ">":
      return value > limit;
    case "<":
      return value < limit;
    case "==":
      return value === limit;
    default:
      throw new Error(`no comparison: ${comparison satisfies never}`);
  }
}

type Values = Readonly<Record<string, unknown>>;
