/** Accepted changes of values: `--tolerance uxCost=2%`, `tasks.ht.p99Ms=0.5`, `all=1%`. */
import { didYouMean } from "../../input/closest.ts";
import { decimal } from "../../input/decimal.ts";
import { quote } from "../../input/quote.ts";
import { RequestError } from "../../input/request-error.ts";
import { metrics } from "../../metrics/index.ts";
import { metricNameOf, metricOf } from "./kept-values.ts";

export interface Tolerance {
  /** A metric, of the scenario and of its tasks; one task's, as `tasks.<id>.<metric>`; or `all`. */
  readonly value: string;
  readonly amount: number;
  /** `absolute`: in the metric's own unit, shares being 0 to 1. */
  readonly kind: "absolute" | "relative";
}

const EVERY_VALUE = "all";

/** Throws RequestError. */
export function parseTolerance(text: string): Tolerance {
  const [, value, amount, percent] = /^\s*([^\s=]+)\s*=\s*([^\s%]+)\s*(%?)\s*$/.exec(text) ?? [];
  const number = amount === undefined ? NaN : decimal(amount);
  if (value === undefined || !Number.isFinite(number) || number < 0)
    throw new RequestError(`a tolerance must be metric=2% or metric=0.5, and not negative; got ${quote(text)}`);
  if (value !== EVERY_VALUE && metricOf(value) === undefined) throw new RequestError(unknownValue(value));
  return { value, amount: percent === "%" ? number / 100 : number, kind: percent === "%" ? "relative" : "absolute" };
}

function unknownValue(value: string): string {
  const name = metricNameOf(value);
  const hint = didYouMean(name, [...metrics.map((metric) => metric.name), EVERY_VALUE]);
  return `unknown metric ${quote(name)} in a tolerance${hint || "; `rtmm list metrics` shows them all"}`;
}

/** Throws RequestError for a tolerance of a value that no baseline has, such as one of a misspelt task. */
export function assertMet(tolerances: readonly Tolerance[], values: ReadonlySet<string>): void {
  for (const { value } of tolerances) {
    if (value === EVERY_VALUE || values.has(value)) continue;
    throw new RequestError(`a tolerance is for ${quote(value)}, which no baseline has${didYouMean(value, values)}`);
  }
}

/** Largest accepted difference from `before`. The most specific tolerance wins; among equal ones the last. */
export function acceptedDifference(value: string, before: number, tolerances: readonly Tolerance[]): number {
  const names = [value, metricNameOf(value), EVERY_VALUE];
  const found = names.map((name) => tolerances.findLast((each) => each.value === name)).find((each) => each);
  if (found === undefined) return 0;
  return found.kind === "relative" ? found.amount * Math.abs(before) : found.amount;
}

/** Relative allowance for rounding: a difference equal to the tolerance is accepted. */
const ROUNDING = 1e-9;

export const isWithin = (difference: number, accepted: number): boolean =>
  Math.abs(difference) <= accepted * (1 + ROUNDING);
