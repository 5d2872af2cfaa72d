/** UXCost, as published and guarded against dropping everything. */

import { sum } from "../core/sum.ts";
import { violationRate } from "./deadlines.ts";
import { activeTasks, ifKnown, type Metric, ratio, released } from "./metric.ts";
import type { Outcome, TaskOutcome } from "./outcome.ts";

export const uxCost: Metric = {
  name: "uxCost",
  title: "UXCost",
  unit: "ratio",
  better: "lower",
  definition:
    "(sum over tasks of the violation rate, or 1 / (2 x jobs) if it is 0) x (sum over tasks of energy / worst-case energy of the same jobs)",
  source: "DREAM (ASPLOS 2023); SDRM3",
  scenario: (outcome) => cost(outcome, (task) => task.energyPj),
  needs: "energy",
  jobs: released,
};

export const uxCostGuarded: Metric = {
  name: "uxCostGuarded",
  title: "UXCost (guarded)",
  unit: "ratio",
  better: "lower",
  definition: "UXCost with every dropped job charged its worst-case energy, so that dropping everything does not win",
  source: "rtmm",
  scenario: (outcome) => cost(outcome, (task) => task.chargedEnergyPj),
  needs: "energy",
  jobs: released,
};

/** A task's terms in the two factors of UXCost. null: no job has a deadline; no job, or energy that is not known. */
export interface UxCostTerms {
  readonly violationTerm: number | null;
  readonly energyTerm: number | null;
}

/** One for each task. */
export const uxCostTerms = (outcome: Outcome): readonly UxCostTerms[] =>
  outcome.tasks.map((task) => ({
    violationTerm: floorViolationRate(task) ?? null,
    energyTerm: ifKnown(ratio(task.energyPj, task.worstEnergyPj) ?? Number.NaN) ?? null,
  }));

/** Undefined if no job has a deadline, or if a task's energy or worst case is unknown or 0. */
function cost(outcome: Outcome, energyPj: (task: TaskOutcome) => number): number | undefined {
  const tasks = activeTasks(outcome);
  const rates = tasks.map(floorViolationRate).filter((rate) => rate !== undefined);
  const energies = tasks
    .map((task) => ratio(energyPj(task), task.worstEnergyPj))
    .filter((share) => share !== undefined);
  if (rates.length === 0 || energies.length < tasks.length) return undefined;
  return ifKnown(sum(rates) * sum(energies));
}

/** DLV': a task without violations counts as half a violation, so that energy still distinguishes schedulers. */
const floorViolationRate = (task: TaskOutcome): number | undefined =>
  task.violations === 0 ? ratio(1, 2 * task.withDeadline) : violationRate(task);
