/** Accuracy: the loss from lighter variants, and a variant's score against its goal. */
import type { AccuracyGoal, Model } from "../core/model.ts";
import { type Metric, meanOverTasks, ratio } from "./metric.ts";

export const meanAccuracyLoss: Metric = {
  name: "accuracyLoss",
  title: "Accuracy loss",
  unit: "share",
  better: "lower",
  definition:
    "relative accuracy lost to lighter variants and early exits: mean over completed jobs, then over tasks with stated accuracies",
  source: "DREAM (ASPLOS 2023), supernet switching",
  ...meanOverTasks((tally) => ratio(tally.accuracyLossSum, tally.accuracyJobs)),
  jobs: (tally) => tally.accuracyJobs,
};

/**
 * XRBench's accuracy score of a variant, 0 to 1: measured / required, the inverse where lower is better, at most 1.
 * 1 without a goal or a measurement.
 */
export const accuracyScore = (model: Model, variantIndex: number): number =>
  scoreOf(model, measuredAccuracy(model, variantIndex));

/**
 * Share of the original variant's accuracy that a variant loses, 0 to 1. Undefined if the model has nothing lighter
 * (variants, exits with an accuracy) or an accuracy is not stated.
 */
export const accuracyLoss = (model: Model, variantIndex: number): number | undefined =>
  lossOf(model, measuredAccuracy(model, variantIndex));

/** Score and loss of a job that takes each exit. An exit without its own accuracy has its variant's. */
export function exitAccuracies(model: Model, variantIndex: number) {
  const { exits } = model.variants[variantIndex]!;
  return exits.map(({ accuracy = measuredAccuracy(model, variantIndex) }) => ({
    accuracyScore: scoreOf(model, accuracy),
    accuracyLoss: lossOf(model, accuracy),
  }));
}

function scoreOf({ accuracy: goal }: Model, measured: number | undefined): number {
  if (goal === undefined || measured === undefined) return 1;
  return shareKept(measured, goal.required, goal.better);
}

function lossOf(model: Model, measured: number | undefined): number | undefined {
  const original = measuredAccuracy(model, 0);
  if (!hasLighter(model) || original === undefined || measured === undefined) return undefined;
  return 1 - shareKept(measured, original, model.accuracy?.better ?? "higher");
}

const hasLighter = ({ variants }: Model): boolean =>
  variants.length > 1 || variants.some(({ exits }) => exits.some(({ accuracy }) => accuracy !== undefined));

const measuredAccuracy = (model: Model, variantIndex: number): number | undefined =>
  model.variants[variantIndex]?.accuracy ?? model.accuracy?.measured;

function shareKept(measured: number, reference: number, better: AccuracyGoal["better"]): number {
  const [numerator, denominator] = better === "higher" ? [measured, reference] : [reference, measured];
  return denominator <= 0 ? 1 : Math.max(0, Math.min(1, numerator / denominator));
}
