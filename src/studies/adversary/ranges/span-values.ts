/** The values of a range. */

import type { Values } from "./ranges.ts";
import type { SpanFile } from "./ranges-file.ts";

/** Of a range of numbers that are not whole, if it says no step. */
const USUAL_STEPS = 20;
/** Far more than a search could try. */
export const MOST_VALUES = 10_000;
/** Steps add up with rounding errors beyond these digits. */
const DIGITS = 12;

/** `whole`: by default a step is 1. `to` is always one of the values. */
export function spanValues(span: SpanFile, kind: "whole" | "any"): Values {
  if (typeof span === "number") return [span];
  if ("from" in span) return stepped(span.from, span.to, span.step ?? usualStep(span, kind));
  return [...new Set(span)].sort((a, b) => a - b);
}

/** How many values there would be. */
export function valueCount(span: SpanFile, kind: "whole" | "any"): number {
  if (typeof span === "number") return 1;
  if (!("from" in span)) return span.length;
  return span.to <= span.from ? 1 : Math.ceil((span.to - span.from) / (span.step ?? usualStep(span, kind))) + 1;
}

const usualStep = ({ from, to }: { readonly from: number; readonly to: number }, kind: "whole" | "any"): number =>
  kind === "whole" ? 1 : Math.max((to - from) / USUAL_STEPS, Number.MIN_VALUE);

function stepped(from: number, to: number, step: number): Values {
  const values: number[] = [];
  for (let k = 0; from + k * step < to; k += 1) values.push(rounded(from + k * step));
  return [...new Set([...values, to])];
}

const rounded = (value: number): number => Number(value.toPrecision(DIGITS));
