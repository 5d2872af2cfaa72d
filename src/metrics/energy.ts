/** Energy and energy-delay product. */

import { sum } from "../core/sum.ts";
import { completed, ifKnown, type Metric, mjFromPj, msFromNs, ratio, released } from "./metric.ts";
import type { JobTally, Outcome } from "./outcome.ts";

const workMj = (tally: JobTally): number | undefined =>
  tally.released === 0 ? undefined : ifKnown(mjFromPj(tally.energyPj));

const idleMj = (outcome: Outcome): number =>
  mjFromPj(sum(outcome.accelerators.map(({ idleEnergyPj }) => idleEnergyPj)));

export const energyMj: Metric = {
  name: "energyMj",
  title: "Energy",
  unit: "mJ",
  better: "lower",
  definition:
    "energy of all work, with wasted work, context switches and loads of weights, without idle energy (per accelerator: of the whole run)",
  source: "rtmm",
  scenario: (outcome) => workMj(outcome.all),
  task: workMj,
  accelerator: ({ energyPj }) => ifKnown(mjFromPj(energyPj)),
  needs: "energy",
  jobs: released,
};

export const idleEnergyMj: Metric = {
  name: "idleEnergyMj",
  title: "Idle energy",
  unit: "mJ",
  better: "lower",
  definition: "idle power x idle time of the accelerators (with a warm-up: the measured time's share)",
  source: "rtmm",
  scenario: (outcome) => (outcome.elapsedNs === 0 ? undefined : idleMj(outcome)),
  accelerator: ({ utilisation, idleEnergyPj }) => (utilisation === undefined ? undefined : mjFromPj(idleEnergyPj)),
  jobs: released,
};

/** Energy of a task's work, or of a scenario's work and idling, times the mean response. */
const edp = (tally: JobTally, energy: number): number | undefined => {
  const meanNs = ratio(tally.response.sumNs, tally.response.count);
  return meanNs === undefined ? undefined : ifKnown(energy * msFromNs(meanNs));
};

export const edpMjMs: Metric = {
  name: "edpMjMs",
  title: "EDP",
  unit: "mJ·ms",
  better: "lower",
  definition: "(energy + idle energy) x mean response of completed jobs; a task's without idle energy",
  source: "energy-delay product, textbook",
  scenario: (outcome) => edp(outcome.all, mjFromPj(outcome.all.energyPj) + idleMj(outcome)),
  task: (task) => edp(task, mjFromPj(task.energyPj)),
  needs: "energy",
  jobs: completed,
};
