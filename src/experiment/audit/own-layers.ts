/** Which layers a job has to run, read off the model and the draws, without the core's branches. */
import { type Purpose, purpose, uniform } from "../../core/draws.ts";
import type { Variant } from "../../core/model.ts";
import type { Program } from "../../core/program.ts";
import type { JobRecord } from "../../core/records.ts";

/** By rising index, of one of the model's variants. */
export function ownLayers(program: Program, seed: number, job: JobRecord, variantIndex: number): readonly number[] {
  const { task, firstRow, endRow } = program.tasks[job.taskIndex]!;
  const variant = task.model.variants[variantIndex]!;
  const layers = endRow[variantIndex]! - firstRow[variantIndex]!;
  // Measured as a whole: one pseudo-layer stands for all.
  if (layers !== variant.layers.length) return Array.from({ length: layers }, (_, layer) => layer);
  const draw = (why: Purpose, i: number) => uniform(seed, job.taskIndex, job.jobIndex, why, i);
  const isLeftOut = leftOut(variant, draw);
  const run: number[] = [];
  for (let layer = 0; layer < layers; layer++) {
    if (isLeftOut.has(layer)) continue;
    run.push(layer);
    const isLast = ({ afterLayer, probability }: Variant["exits"][number], i: number) =>
      afterLayer === layer && draw(purpose.exit, i) < probability;
    if (variant.exits.some(isLast)) break;
  }
  return run;
}

/** Layers behind closed gates, and of steps beyond the drawn number. */
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
