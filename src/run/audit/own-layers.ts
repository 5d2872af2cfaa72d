/** The layers that a job must run, from the model and the draws. Does not use the core's code for branches. */
import { type Purpose, purpose, uniform } from "../../core/draws.ts";
import type { Variant } from "../../core/model.ts";
import type { Program } from "../../core/program.ts";
import type { JobRecord, Segment } from "../../core/records.ts";

/** Layers of one variant in ascending order, as if no exit were taken. */
export function ownLayers(program: Program, seed: number, job: JobRecord, variantIndex: number): readonly number[] {
  const { variant, layers } = variantOf(program, job, variantIndex);
  const all = Array.from({ length: layers }, (_, layer) => layer);
  // A model measured as a whole has one pseudo-layer for all its layers.
  if (layers !== variant.layers.length) return all;
  const isLeftOut = leftOut(variant, (why, i) => uniform(seed, job.taskIndex, job.jobIndex, why, i));
  return all.filter((layer) => !isLeftOut.has(layer));
}

/** Whether a job leaves by an exit after the segment's layer. */
export function leavesAfter(program: Program, seed: number, job: JobRecord, segment: Segment): boolean {
  const { variant, layers } = variantOf(program, job, segment.variantIndex);
  if (layers !== variant.layers.length) return false;
  return variant.exits.some(({ afterLayer, probability }, i) => {
    const draw = uniform(seed, job.taskIndex, job.jobIndex, purpose.exit, i);
    return afterLayer === segment.layerIndex && draw < probability;
  });
}

function variantOf(program: Program, job: JobRecord, variantIndex: number) {
  const { task, firstRow, endRow } = program.tasks[job.taskIndex]!;
  return { variant: task.model.variants[variantIndex]!, layers: endRow[variantIndex]! - firstRow[variantIndex]! };
}

/** Layers that are skipped, and layers of steps beyond the drawn number. */
function leftOut({ skips, loops }: Variant, draw: (why: Purpose, i: number) => number): Set<number> {
  const layers = new Set<number>();
  const leaveOut = (first: number, end: number) => {
    for (let layer = first; layer < end; layer++) layers.add(layer);
  };
  skips.forEach(({ firstLayer, endLayer, probability }, i) => {
    if (draw(purpose.skip, i) < probability) leaveOut(firstLayer, endLayer);
  });
  loops.forEach(({ firstLayer, layersPerStep, stepProbabilities }, i) => {
    const u = draw(purpose.steps, i);
    let atMost = 0;
    let steps = 0;
    do atMost += stepProbabilities[steps++]!;
    while (steps < stepProbabilities.length && u >= atMost);
    leaveOut(firstLayer + steps * layersPerStep, firstLayer + stepProbabilities.length * layersPerStep);
  });
  return layers;
}
