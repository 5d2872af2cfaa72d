/** Power of a run, which supply and cooling must provide. */

import { sum } from "../core/sum.ts";
import { ifKnown, type Metric, released } from "./metric.ts";

export const meanPowerMw: Metric = {
  name: "meanPowerMw",
  title: "Mean power",
  unit: "mW",
  better: "lower",
  definition: "(energy + idle energy) / measured time",
  source: "rtmm",
  scenario: ({ all, accelerators, elapsedNs, warmupNs }) =>
    elapsedNs <= warmupNs
      ? undefined
      : ifKnown((all.energyPj + sum(accelerators.map(({ idleEnergyPj }) => idleEnergyPj))) / (elapsedNs - warmupNs)),
  needs: "energy",
  jobs: released,
};

export const peakPowerMw: Metric = {
  name: "peakPowerMw",
  title: "Peak power",
  unit: "mW",
  better: "lower",
  definition: "highest sum, at any time, of the power of running layers (energy over latency) and of idle accelerators",
  source: "rtmm",
  scenario: (outcome) => ifKnown(outcome.peakPowerMw),
  needs: "energy",
  jobs: released,
};
