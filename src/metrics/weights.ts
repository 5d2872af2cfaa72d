/** Loads of weights, where accelerators have memories for them. */
import { type Metric, mean, released } from "./metric.ts";
import type { JobTally } from "./outcome.ts";

const loads = (tally: JobTally): number | undefined => (tally.withWeightMemory === 0 ? undefined : tally.weightLoads);

export const weightLoads: Metric = {
  name: "weightLoads",
  title: "Weight loads",
  unit: "count",
  better: "lower",
  definition:
    "loads of a layer's weights into the memory of an accelerator, in systems with such memories (per accelerator: in the whole run)",
  source: "rtmm",
  isOptional: true,
  scenario: (outcome) => loads(outcome.all),
  task: loads,
  accelerator: (accelerator) => accelerator.weightLoads,
  jobs: released,
};

export const weightWaitShare: Metric = {
  name: "weightWaitShare",
  title: "Waiting for weights",
  unit: "share",
  better: "lower",
  definition:
    "time in which an accelerator loads weights and computes nothing / elapsed time in the whole run; a scenario's is the mean over accelerators with a memory for weights",
  source: "rtmm",
  isOptional: true,
  scenario: (outcome) => mean(outcome.accelerators.map((accelerator) => accelerator.weightWaitShare)),
  accelerator: (accelerator) => accelerator.weightWaitShare,
  jobs: released,
};
