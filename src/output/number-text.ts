/** Numbers as text, the same in every locale. */
import type { Unit } from "../metrics/metric.ts";

export type MaybeNumber = number | null | undefined;

/** Shown if there was nothing to measure. */
export const nothing = "-";

/** For people: counts whole, shares in percent, the rest with four significant digits. */
export function readable(value: MaybeNumber, unit: Unit): string {
  if (value === null || value === undefined) return nothing;
  if (unit === "count") return String(value);
  return significant(unit === "share" ? value * 100 : value);
}

/** A unit for a heading: shares are shown in percent, counts and ratios have none. */
export function unitText(unit: Unit): string {
  if (unit === "share") return "%";
  return unit === "ms" || unit === "mJ" || unit === "mW" || unit === "mJ·ms" ? unit : "";
}

const DIGITS = 4;

/** Four significant digits, without an exponent from 0.0001 to 10 million. */
export function significant(value: number): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(DIGITS));
  const magnitude = Math.floor(Math.log10(Math.abs(rounded)));
  if (magnitude < -4 || magnitude > 6) return rounded.toExponential(DIGITS - 1);
  return rounded.toFixed(Math.max(0, DIGITS - 1 - magnitude));
}

/** A value in larger units, to four significant digits. */
export const scaled = (value: number | undefined, unit: number): string =>
  value === undefined ? nothing : significant(value / unit);

/** A share with three significant digits, such as `2.5 %`. */
export const percentText = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

const NS_PER_MS = 1_000_000;

/** Whole ns as ms with six decimals. Uses integer arithmetic only, so no digit has a rounding error. */
export function exactMs(ns: number): string {
  const whole = Math.abs(ns);
  const ms = Math.floor(whole / NS_PER_MS);
  const rest = String(whole % NS_PER_MS).padStart(6, "0");
  return `${ns < 0 ? "-" : ""}${ms}.${rest}`;
}

/** The same without zeros at the end: `0.5`, `20`. */
export const shortMs = (ns: number): string => exactMs(ns).replace(/\.?0+$/, "");
