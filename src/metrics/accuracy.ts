/** Accuracy: what lighter variants cost, and how a variant meets its goal. */
import type { AccuracyGoal, Model } from "../core/model.ts";
import { type Metric, meanOverTasks, ratio } from "./metric.ts";

export const meanAccuracyLoss: Metric = {
  name: "accuracyLoss",
  title: "Accuracy loss",
  unit: "share",
  better: "lower",
  definition:
    "relative accuracy lost to lighter variants: mean over completed jobs, then over tasks with variants of stated accuracy",
  source: "DREAM (ASPLOS 2023), supernet switching",
  ...meanOverTasks((tally) => ratio(tally.accuracyLossSum, tally.accuracyJobs)),
  jobs: (tally) => tally.accuracyJobs,
};

/**
 * XRBench's accuracy score of a variant, 0 to 1: measured / required, the inverse where lower is better, at most 1.
 * 1 without a goal or a measurement.
 */
export function accuracyScore(model: Model, variantIndex: number): number {
  const { accuracy: goal } = model;
  const measured = measuredAccuracy(model, variantIndex);
  if (goal === undefined || measured === undefined) return 1;
  return shareKept(measured, goal.required, goal.better);
}

/**
 * Share of the original variant's accuracy that a variant loses, 0 to 1.
 * Undefined where the model has one variant only or an accuracy is not stated.
 */
export function accuracyLoss(model: Model, variantIndex: number): number | undefined {
  const original = measuredAccuracy(model, 0);
  const measured = measuredAccuracy(model, variantIndex);
  if (model.variants.length < 2 || original === undefined || measured === undefined) return undefined;
  return 1 - shareKept(measured, original, model.accuracy?.better ?? "higher");
}

const measuredAccuracy = (model: Model, variantIndex: number): number | undefined =>
  model.variants[variantIndex]?.accuracy ?? model.accuracy?.measured;

function shareKept(measured: number, reference: number, better: AccuracyGoal["better"]): number {
  const [numerator, denominator] = better === "higher" ? [measured, reference] : [reference, measured];
  return denominator <= 0 ? 1 : Math.max(0, Math.min(1, numerator / denominator));
}
