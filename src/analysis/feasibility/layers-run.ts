/** Which layers a job runs, by variant: those of one job, those of every job, or each with its probability. */
import { branchesOf } from "../../core/branches.ts";
import type { Model, Variant } from "../../core/model.ts";
import type { Program } from "../../core/program.ts";

export interface LayersRun {
  /** In the order of the model's variants. */
  readonly variants: readonly VariantLayersRun[];
}

export interface VariantLayersRun {
  /** Share of jobs that run the layer, 0 to 1, by row of the variant's cost table. */
  readonly shares: Float64Array;
  /** By section: whether a job that runs the section in this variant may end there. */
  readonly mayEnd: readonly boolean[];
}

/** The first layer of each section, by section, then variant. A section is the layers between two switch points. */
export type Sections = readonly (readonly number[])[];

export const sectionsOf = ({ variants, switchPoints = [] }: Model): Sections => [
  variants.map(() => 0),
  ...switchPoints,
];

/**
 * The layers that every job runs if it reaches their section. `rows`: number of cost table rows, by variant. Nothing is
 * certain about a dynamic variant that is measured as a whole, because its costs are an expectation.
 */
export function certainLayers(model: Model, rows: readonly number[]): LayersRun {
  const sections = sectionsOf(model);
  return {
    variants: model.variants.map((variant, v) => {
      const starts = sections.map((section) => section[v]!);
      return certainVariantLayers(variant, starts, rows[v]!);
    }),
  };
}

function certainVariantLayers(variant: Variant, starts: readonly number[], rows: number): VariantLayersRun {
  return {
    shares: isMeasuredWhole(variant, rows) ? certainWholeShares(variant, rows) : certainShares(variant, starts),
    mayEnd: starts.map((start, s) => {
      const end = starts[s + 1] ?? Infinity;
      return end >= rows || mayExit(variant, start, end);
    }),
  };
}

const isMeasuredWhole = ({ layers }: Variant, rows: number): boolean => rows !== layers.length;

export const isDynamic = ({ skips, exits, loops }: Variant): boolean => skips.length + exits.length + loops.length > 0;

/** A measured model may have several rows, all of which its jobs run. */
const certainWholeShares = (variant: Variant, rows: number): Float64Array =>
  new Float64Array(rows).fill(isDynamic(variant) ? 0 : 1);

/** `starts`: first layer of each section. A job that reaches a section took no exit before it. */
function certainShares(variant: Variant, starts: readonly number[]): Float64Array {
  const jumps = branchesOf(variant).filter(({ chance }) => chance > 0);
  const startOf = (layer: number) => starts.findLast((start) => start <= layer)!;
  const isJumpedOver = (layer: number) =>
    jumps.some((jump) => {
      const isEarlierExit = jump.exitIndex >= 0 && jump.layer <= startOf(layer);
      return !isEarlierExit && jump.layer <= layer && layer < jump.target;
    });
  return Float64Array.from(variant.layers, (_, layer) => (isJumpedOver(layer) ? 0 : 1));
}

/** `start`, `end`: of the section. It includes the exit behind its last layer. */
function mayExit(variant: Variant, start: number, end: number): boolean {
  const exits = branchesOf(variant).filter(({ exitIndex, chance }) => exitIndex >= 0 && chance > 0);
  return exits.some(({ layer }) => start < layer && layer <= end);
}

/**
 * The layers of an average job, each with its probability. If a scheduler can choose among variants with draws, a
 * choice that knows the draws would beat every average. There the certain layers replace the expected ones.
 */
export function expectedLayers(model: Model, rows: readonly number[]): LayersRun {
  const certain = certainLayers(model, rows);
  if (model.variants.length > 1) return certain;
  const [variant] = model.variants;
  const { mayEnd } = certain.variants[0]!;
  const isWhole = isMeasuredWhole(variant!, rows[0]!);
  return { variants: [{ shares: isWhole ? new Float64Array(rows[0]!).fill(1) : runProbabilities(variant!), mayEnd }] };
}

/** Probability that a job of a variant runs each of its layers, as in the core's estimates. */
export function runProbabilities(variant: Variant): Float64Array {
  const layers = variant.layers.length;
  const branches = branchesOf(variant);
  /** Probability that a job reaches a layer from the layer before it, or by a jump. */
  const ran = new Float64Array(layers + 1);
  const jumped = new Float64Array(layers + 1);
  jumped[0] = 1;
  const certain = certainShares(variant, [0]);
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
    // Rounding can keep the sum of the two from being exactly 1.
    runs[layer] = certain[layer] === 1 ? 1 : ran[layer]! + jumped[layer]!;
    ran[layer + 1] = runs[layer]!;
  }
  return runs;
}

/** The layers that the draws of job `jobIndex` leave, in whichever variant it runs. */
export function ownLayers(program: Program, seed: number, taskIndex: number, jobIndex: number): LayersRun {
  const { task, firstRow, endRow } = program.tasks[taskIndex]!;
  const { model } = task;
  const sections = sectionsOf(model);
  const variants = model.variants.map((variant, v) => {
    const first = firstRow[v]!;
    const rows = endRow[v]! - first;
    if (isMeasuredWhole(variant, rows)) {
      return { shares: certainWholeShares(variant, rows), mayEnd: sections.map(() => true) };
    }
    const shares = new Float64Array(rows);
    const mayEnd = sections.map((starts, s) => {
      const end = sections[s + 1]?.[v] ?? rows;
      let { row } = program.branches.next(first + starts[v]!, "jumped", seed, taskIndex, jobIndex);
      while (row < first + end) {
        shares[row - first] = 1;
        row = program.branches.next(row + 1, "ran", seed, taskIndex, jobIndex).row;
      }
      return row === first + rows;
    });
    return { shares, mayEnd };
  });
  return { variants };
}
