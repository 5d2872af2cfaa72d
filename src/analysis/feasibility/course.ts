/** Which layers a job runs, by variant: those that every job runs, those that jobs run on average, or one job's own. */
import { branchesOf } from "../../core/branches.ts";
import type { Model, Variant } from "../../core/model.ts";
import type { Program } from "../../core/program.ts";

export interface Course {
  /** In the order of the model's variants. */
  readonly variants: readonly VariantCourse[];
}

export interface VariantCourse {
  /** Of each row of the cost table: how often the layer runs, 0 to 1. */
  readonly weights: Float64Array;
  /** By stretch between switch points: whether a job that runs it in this variant may end there. */
  readonly mayEnd: readonly boolean[];
}

/** First layer of each stretch between switch points, by stretch, then variant. */
export type Stretches = readonly (readonly number[])[];

export const stretchesOf = ({ variants, switchPoints = [] }: Model): Stretches => [
  variants.map(() => 0),
  ...switchPoints,
];

/**
 * Layers that no draw can leave out for a job that gets to their stretch, [row]. Of a variant with dynamic behaviour that
 * is measured as a whole nothing is certain: its costs are an expectation.
 */
export function leastCourse(model: Model, rows: readonly number[]): Course {
  const stretches = stretchesOf(model);
  return {
    variants: model.variants.map((variant, v) => {
      const starts = stretches.map((stretch) => stretch[v]!);
      return {
        weights: isMeasuredWhole(variant, rows[v]!) ? wholeWeights(variant) : certainLayers(variant, starts),
        mayEnd: starts.map(
          (start, s) => (starts[s + 1] ?? Infinity) >= rows[v]! || mayExit(variant, start, starts[s + 1]!),
        ),
      };
    }),
  };
}

const isMeasuredWhole = ({ layers }: Variant, rows: number): boolean => rows !== layers.length;

const isDynamic = ({ skips, exits, loops }: Variant): boolean => skips.length + exits.length + loops.length > 0;

const wholeWeights = (variant: Variant): Float64Array => Float64Array.of(isDynamic(variant) ? 0 : 1);

/** `starts`: of its stretches. A job in one has taken no exit before it. */
function certainLayers(variant: Variant, starts: readonly number[]): Float64Array {
  const jumps = branchesOf(variant).filter(({ chance }) => chance > 0);
  const startOf = (layer: number) => starts.findLast((start) => start <= layer)!;
  const isJumpedOver = (layer: number) =>
    jumps.some((jump) => {
      const isBehind = jump.exitIndex >= 0 && jump.layer <= startOf(layer);
      return !isBehind && jump.layer <= layer && layer < jump.target;
    });
  return Float64Array.from(variant.layers, (_, layer) => (isJumpedOver(layer) ? 0 : 1));
}

/** `end`: of the stretch. An exit behind its last layer belongs to it. */
function mayExit(variant: Variant, start: number, end: number): boolean {
  const exits = branchesOf(variant).filter(({ exitIndex, chance }) => exitIndex >= 0 && chance > 0);
  return exits.some(({ layer }) => start < layer && layer <= end);
}

/**
 * How likely each layer is run. Where a policy may choose among variants with draws, a choice by their outcome would beat
 * every average, so only the least is known.
 */
export function expectedCourse(model: Model, rows: readonly number[]): Course {
  const least = leastCourse(model, rows);
  if (model.variants.length > 1) return least;
  const [variant] = model.variants;
  const { mayEnd } = least.variants[0]!;
  const isWhole = isMeasuredWhole(variant!, rows[0]!);
  return { variants: [{ weights: isWhole ? Float64Array.of(1) : runProbabilities(variant!), mayEnd }] };
}

/** Probability that a job of a variant runs each of its layers, as the core's estimates have it. */
export function runProbabilities(variant: Variant): Float64Array {
  const layers = variant.layers.length;
  const branches = branchesOf(variant);
  /** That a job gets to a layer by having run the one before, or by a jump. */
  const ran = new Float64Array(layers + 1);
  const jumped = new Float64Array(layers + 1);
  jumped[0] = 1;
  const certain = certainLayers(variant, [0]);
  const runs = new Float64Array(layers);
  let next = 0;
  for (let layer = 0; layer < layers; layer++) {
    for (; branches[next]?.layer === layer; next++) {
      const { chance, target, exitIndex } = branches[next]!;
      const leaving = exitIndex >= 0 ? 0 : jumped[layer]! * chance;
      jumped[target] = jumped[target]! + leaving + ran[layer]! * chance;
      jumped[layer] = jumped[layer]! - leaving;
      ran[layer] = ran[layer]! * (1 - chance);
    }
    // Sums of shares that make a whole need not be exactly 1.
    runs[layer] = certain[layer] === 1 ? 1 : ran[layer]! + jumped[layer]!;
    ran[layer + 1] = runs[layer]!;
  }
  return runs;
}

/** What job `jobIndex` of a task runs by its own draws, whichever variant it is in. */
export function ownCourse(program: Program, seed: number, taskIndex: number, jobIndex: number): Course {
  const { task, firstRow, endRow } = program.tasks[taskIndex]!;
  const { model } = task;
  const stretches = stretchesOf(model);
  const variants = model.variants.map((variant, v) => {
    const first = firstRow[v]!;
    const rows = endRow[v]! - first;
    if (isMeasuredWhole(variant, rows)) return { weights: wholeWeights(variant), mayEnd: stretches.map(() => true) };
    const weights = new Float64Array(rows);
    const mayEnd = stretches.map((starts, s) => {
      const end = stretches[s + 1]?.[v] ?? rows;
      let { row } = program.branches.next(first + starts[v]!, "jumped", seed, taskIndex, jobIndex);
      while (row < first + end) {
        weights[row - first] = 1;
        row = program.branches.next(row + 1, "ran", seed, taskIndex, jobIndex).row;
      }
      return row === first + rows;
    });
    return { weights, mayEnd };
  });
  return { variants };
}
