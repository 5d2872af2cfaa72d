import { expect, test } from "vitest";
import type { AccuracyGoal, Model } from "../../src/core/model.ts";
import { accuracyLoss, accuracyScore, exitAccuracies } from "../../src/metrics/accuracy.ts";
import { emptyOutcome, job, ms, outcome, scenarioValue, task, taskValues } from "./world.ts";

const variant = (name: string, accuracy?: number) => ({
  name,
  layers: [],
  skips: [],
  exits: [],
  loops: [],
  ...(accuracy === undefined ? {} : { accuracy }),
});

function model(goal: AccuracyGoal | undefined, ...accuracies: (number | undefined)[]): Model {
  const variants = accuracies.map((accuracy, index) => variant(`v${index}`, accuracy));
  return { name: "m", bytesPerElement: 1, variants, ...(goal === undefined ? {} : { accuracy: goal }) };
}

const atLeast80: AccuracyGoal = { metric: "mIoU", required: 80, measured: 76, better: "higher" };
const atMost3: AccuracyGoal = { metric: "angular error", required: 3, better: "lower" };

test("the accuracy score is measured / required, at most 1, and a variant's own accuracy comes first", () => {
  const network = model(atLeast80, 84, undefined, 60);
  expect([0, 1, 2].map((index) => accuracyScore(network, index))).toEqual([1, 0.95, 0.75]);
});

test("where lower is better the accuracy score is required / measured, and a perfect 0 scores 1", () => {
  const network = model(atMost3, 2, 4, 0);
  expect([0, 1, 2].map((index) => accuracyScore(network, index))).toEqual([1, 0.75, 1]);
});

test("without a goal or a measurement the accuracy score is 1", () => {
  expect(accuracyScore(model(undefined, 12), 0)).toBe(1);
  expect(accuracyScore(model(atMost3, undefined), 0)).toBe(1);
});

test("a variant's accuracy loss is relative to the original, and never negative", () => {
  expect([0, 1, 2].map((index) => accuracyLoss(model(undefined, 80, 60, 90), index))).toEqual([0, 0.25, 0]);
  expect([0, 1].map((index) => accuracyLoss(model(atMost3, 3, 4), index))).toEqual([0, 0.25]);
});

test("a single variant, or accuracies that are not stated, leave nothing to compare", () => {
  expect(accuracyLoss(model(undefined, 80), 0)).toBeUndefined();
  expect(accuracyLoss(model(undefined, 80, undefined), 1)).toBeUndefined();
});

test("accuracyLoss is the mean over jobs of each task that has variants, then over those tasks", () => {
  const losses = (...values: (number | undefined)[]) => ({
    variants: values.map((loss) => ({ isolatedNs: ms, accuracyScore: 1, accuracyLoss: loss, exits: [] })),
  });
  const tasks = [task("a", losses(0, 0.2)), task("b", losses(0, 0.4)), task("c", losses(undefined))];
  const jobs = [job(), job({ variantIndex: 1 }), job({ variantIndex: 1, taskIndex: 1 }), job({ taskIndex: 2 })];
  expect(taskValues("accuracyLoss", outcome(jobs, tasks))).toEqual([0.1, 0.4, undefined]);
  expect(scenarioValue("accuracyLoss", outcome(jobs, tasks))).toBe(0.25);
});

test("accuracyLoss is undefined when no job of a model with variants completed", () => {
  expect(scenarioValue("accuracyLoss", emptyOutcome)).toBeUndefined();
  expect(scenarioValue("accuracyLoss", outcome([job()]))).toBeUndefined();
});

test("a job that leaves by an exit has that exit's accuracy, and its own isolated time", () => {
  const exits = [{ accuracyScore: 0.5, accuracyLoss: 0.4 }];
  const tasks = [task("a", { variants: [{ isolatedNs: ms, accuracyScore: 1, accuracyLoss: 0, exits }] })];
  const left = job({ exitIndex: 0, isolatedNs: ms / 2 });
  const measured = outcome([left, job()], tasks);
  expect(scenarioValue("accuracyLoss", measured)).toBe(0.2);
  expect(scenarioValue("xrbenchAccuracy", measured)).toBe(0.75);
  const responseNs = left.completionNs! - left.releaseNs;
  expect(scenarioValue("antt", measured)).toBe((responseNs / (ms / 2) + responseNs / ms) / 2);
});

test("exits without an accuracy of their own have their variant's; with one they count as something lighter", () => {
  const exits = [
    { afterLayer: 0, probability: 0.5, accuracy: 60 },
    { afterLayer: 1, probability: 0.5 },
  ];
  const withExits: Model = { name: "m", bytesPerElement: 1, variants: [{ ...variant("original", 80), exits }] };
  expect(exitAccuracies(withExits, 0).map(({ accuracyLoss: loss }) => loss)).toEqual([0.25, 0]);
  expect(accuracyLoss(withExits, 0)).toBe(0);
});
