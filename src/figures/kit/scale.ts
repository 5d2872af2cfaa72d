/** Value axes: linear, or logarithmic where values are far apart. */
import type { Look } from "../look.ts";
import { axisText, gridLines, hairline, labelGap } from "./style.ts";

export interface AxisSpec {
  readonly name: string;
  /** Axis ends at least here; absent: at the values. */
  readonly min?: number;
  readonly max?: number;
  /** `free`: the axis need not reach 0; absent: it does. */
  readonly zero?: "free";
  /** `auto`: logarithmic if the values are above 0 and span more than a factor of 50. */
  readonly scale?: "linear" | "auto";
  /** Of tick labels. */
  readonly format?: (value: number) => string;
}

const FAR_APART = 50;
/** Below, ECharts finds no ticks. */
const SMALLEST = 1e-100;

export function isLogarithmic({ scale = "linear" }: AxisSpec, values: readonly number[]): boolean {
  if (scale === "linear" || values.length === 0) return false;
  const least = values.reduce((low, value) => Math.min(low, value), Infinity);
  const most = values.reduce((high, value) => Math.max(high, value), -Infinity);
  return least > SMALLEST && most / least > FAR_APART;
}

/** The options of a value axis, but for its place. `splits`: about how many ticks. */
export function valueAxis(spec: AxisSpec, values: readonly number[], look: Look, splits: number): object {
  const common = {
    name: spec.name,
    nameLocation: "middle",
    nameMoveOverlap: false,
    nameTextStyle: axisText(look),
    axisLabel: {
      ...axisText(look),
      margin: labelGap(look),
      hideOverlap: true,
      formatter: spec.format ?? plainTicks,
    },
    axisLine: { show: true, lineStyle: { color: look.colors.line, width: hairline(look) } },
    axisTick: { show: false },
    splitLine: { show: true, ...gridLines(look) },
    minorSplitLine: { show: false },
  };
  if (isLogarithmic(spec, values)) return { ...common, type: "log", ...logarithmicEnds(values) };
  return {
    ...common,
    type: "value",
    scale: spec.zero === "free" && !areEqual(values),
    splitNumber: splits,
    ...(spec.min !== undefined && { min: spec.min }),
    ...endOf(spec, values),
  };
}

/** Around a single value ECharts would show far too much: shares up to 160 %. From 0 it has a place. */
const areEqual = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** Ticks of an axis on which everything is 0, or so small that there is no number to step by, end at 1. */
function endOf({ max }: AxisSpec, values: readonly number[]): { readonly max?: number } {
  if (max !== undefined) return { max };
  return values.every((value) => Math.abs(value) < SMALLEST) ? { max: 1 } : {};
}

/** Whole decades, or their thirds, around the values. */
function logarithmicEnds(values: readonly number[]): { readonly min: number; readonly max: number } {
  const least = values.reduce((low, value) => Math.min(low, value), Infinity);
  const most = values.reduce((high, value) => Math.max(high, value), -Infinity);
  return { min: 10 ** Math.floor(Math.log10(least)), max: 10 ** Math.ceil(Math.log10(most)) };
}

/** Without a rounding error, and without separators of thousands, as in tables. */
const plainTicks = (value: number): string => String(Number(value.toPrecision(12)));
