/** XRBench scores in the paper's form and in the artifact's: docs/references.md#xrbench-scores. */
import { completed, type Metric, mean, meanOverTasks, ratio, released } from "./metric.ts";
import type { JobTally } from "./outcome.ts";

/** The artifact's defaults. */
const realTimeSteepnessPerMs = 15;
const maxEnergyPj = 1500e9;

const paper = "XRBench (MLSys 2023)";

/** Real-time score of one job, 0 to 1: near 1 well before the deadline, one half at it. 1 without a deadline. */
export const realTimeScore = (completionNs: number, deadlineNs: number): number =>
  1 / (1 + Math.exp((realTimeSteepnessPerMs * (completionNs - deadlineNs)) / 1e6));

/** Energy score of one job, 0 to 1; 0 from 1500 mJ on; NaN where its energy is not known. */
export const energyScore = (energyPj: number): number => Math.max(0, (maxEnergyPj - energyPj) / maxEnergyPj);

const qoe = (tally: JobTally): number | undefined => ratio(tally.completed, tally.released);

/** Mean over completed jobs x QoE, so a task that completed nothing scores 0. */
const taskScore = (tally: JobTally): number | undefined => ratio(tally.inferenceScoreSum, tally.released);

/** The artifact divides by all frames, even dropped ones, and multiplies by QoE once more. It has no accuracy. */
function artifactScore(tally: JobTally): number | undefined {
  const perFrame = ratio(tally.artifactScoreSum, tally.released);
  const executed = qoe(tally);
  return perFrame === undefined || executed === undefined ? undefined : 100 * perFrame * executed;
}

export const xrbenchScore: Metric = {
  name: "xrbenchScore",
  title: "XRBench score",
  unit: "score",
  better: "higher",
  definition: "mean over tasks of: mean over completed jobs of real-time x energy x accuracy score, x QoE; 0 to 1",
  source: paper,
  ...meanOverTasks(taskScore),
  needs: "energy",
  jobs: released,
};

export const xrbenchArtifactScore: Metric = {
  name: "xrbenchArtifactScore",
  title: "XRBench score (artifact)",
  unit: "score",
  better: "higher",
  definition: "100 x mean over tasks of: sum of real-time x energy score / released jobs, x QoE; 0 to 100",
  source: "XRBench artifact (github.com/XRBench/XRBench-MLSys2023)",
  ...meanOverTasks(artifactScore),
  needs: "energy",
  jobs: released,
};

export const xrbenchRealTime: Metric = {
  name: "xrbenchRealTime",
  title: "XRBench real-time score",
  unit: "score",
  better: "higher",
  definition: "mean over tasks of the mean over completed jobs of 1 / (1 + exp(15 x (completion - deadline in ms)))",
  source: paper,
  ...meanOverTasks((tally) => ratio(tally.realTimeScoreSum, tally.completed)),
  jobs: completed,
};

export const xrbenchEnergy: Metric = {
  name: "xrbenchEnergy",
  title: "XRBench energy score",
  unit: "score",
  better: "higher",
  definition: "mean over tasks of the mean over completed jobs of (1500 mJ - energy) / 1500 mJ, at least 0",
  source: paper,
  ...meanOverTasks((tally) => ratio(tally.energyScoreSum, tally.completed)),
  needs: "energy",
  jobs: completed,
};

export const xrbenchAccuracy: Metric = {
  name: "xrbenchAccuracy",
  title: "XRBench accuracy score",
  unit: "score",
  better: "higher",
  definition:
    "mean over tasks of the mean over completed jobs of min(1, measured / required accuracy), inverse where lower is better, 1 without a goal",
  source: paper,
  ...meanOverTasks((tally) => ratio(tally.accuracyScoreSum, tally.completed)),
  jobs: completed,
};

export const xrbenchQoe: Metric = {
  name: "xrbenchQoe",
  title: "XRBench QoE",
  unit: "share",
  better: "higher",
  definition: "mean over tasks of completed / released jobs",
  source: paper,
  ...meanOverTasks(qoe),
  jobs: released,
};

/** XRBench's overall score: the mean over the scenarios that have a score; undefined if none has one. */
export const overallXrbenchScore = (scenarioScores: readonly (number | undefined)[]): number | undefined =>
  mean(scenarioScores);
