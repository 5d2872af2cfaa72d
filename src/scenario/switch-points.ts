/** Points where a job may change its variant: before layers or blocks that all variants of a supernet have. */
import { didYouMean } from "../input/closest.ts";
import { quote } from "../input/quote.ts";
import type { Report } from "../input/report.ts";
import type { PartStart } from "./expand-layers.ts";
import { type ShapeOrNot, showShape } from "./shape.ts";

/** A variant's name and the starts of its parts. */
export interface VariantParts {
  readonly name: string;
  readonly parts: ReadonlyMap<string, PartStart>;
}

/** [k][v]: the layer of variant v that follows point k. `report` is that of the model. */
export function switchPointsOf(
  names: readonly string[],
  variants: readonly VariantParts[],
  report: Report,
): readonly (readonly number[])[] {
  if (variants.length < 2) {
    report.problem(["switchAt"], "NO_EFFECT", "switchAt needs a model with several variants", "key");
    return [];
  }
  const at = (i: number): Report => report.within(["switchAt", i]);
  const starts = names.map((name, i) => startsOf(name, variants, at(i)));
  for (const [i, points] of starts.entries()) checkOrder(points, starts[i - 1], variants, at(i));
  return starts.map((points) => points.map((start) => start?.firstLayer ?? 0));
}

type Starts = readonly (PartStart | undefined)[];

function startsOf(name: string, variants: readonly VariantParts[], report: Report): Starts {
  const starts = variants.map(({ parts }) => parts.get(name));
  for (const [v, start] of starts.entries()) {
    if (start !== undefined) continue;
    const { name: variant, parts } = variants[v]!;
    const what = `variant "${variant}" has no layer or block ${quote(name)} outside other blocks`;
    report.problem([], "UNKNOWN_NAME", `${what}${didYouMean(name, parts.keys())}`);
  }
  const shapes = new Set(starts.flatMap((start) => shown(start?.before)));
  if (shapes.size > 1)
    report.problem([], "BAD_SHAPE", `variants have different shapes before "${name}": ${[...shapes].join(" and ")}`);
  return starts;
}

const shown = (shape: ShapeOrNot | undefined): string[] =>
  shape === undefined || typeof shape === "string" ? [] : [showShape(shape)];

/** Checks that each point comes after the one before it, and the first one after the first layer. */
function checkOrder(
  points: Starts,
  before: Starts | undefined,
  variants: readonly VariantParts[],
  report: Report,
): void {
  const late = points.findIndex((start, v) => {
    const least = before === undefined ? 0 : before[v]?.firstLayer;
    return start !== undefined && least !== undefined && start.firstLayer <= least;
  });
  if (late < 0) return;
  const than = before === undefined ? "after its first layer" : "after the switch point before it";
  report.problem([], "TOO_SMALL", `a switch point must come ${than}; in variant "${variants[late]!.name}" it does not`);
}
