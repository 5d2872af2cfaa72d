/** The load of a case at a factor, and proven limits of every policy there. Uses only the scenario and its costs. */

import { feasibility, offeredLoad } from "../../analysis/feasibility/index.ts";
import type { LinearSolver } from "../../analysis/solver/index.ts";
import { mean } from "../../analysis/statistics/mean.ts";
import type { CostTable } from "../../core/costs.ts";
import type { Scenario } from "../../core/scenario.ts";
import type { System } from "../../core/system.ts";
import type { Library } from "../../files/library.ts";
import { holds, type Requirement } from "../../run/requirements/requirement.ts";
import { runCaseOf } from "../../run/run-case.ts";
import type { Workbench } from "../../run/workbench.ts";
import type { SchedulerEntry } from "../compare/scheduler-entries.ts";
import type { CapacityCase } from "./plan.ts";

export class CaseLoad {
  readonly #loadCase: CapacityCase;
  readonly #any: SchedulerEntry;
  readonly #workbench: Workbench<Library>;
  readonly #solver: LinearSolver;
  readonly #utilisations = new Map<number, number>();

  /** `any`: an arbitrary scheduler, for requests whose load does not depend on it. */
  constructor(loadCase: CapacityCase, any: SchedulerEntry, workbench: Workbench<Library>, solver: LinearSolver) {
    this.#loadCase = loadCase;
    this.#any = any;
    this.#workbench = workbench;
    this.#solver = solver;
  }

  /**
   * Lower bound on the mean load of the busiest accelerator, however the work is spread. 1: all of its time. If tasks
   * are generated, the mean over the seeds.
   */
  utilisation(factor: number): number {
    const known = this.#utilisations.get(factor);
    if (known !== undefined) return known;
    const { seeds, isGenerated } = this.#loadCase;
    const loads = (isGenerated ? seeds : seeds.slice(0, 1)).map((seed) => {
      const { scenario, system, costs } = this.#world(factor, seed);
      return offeredLoad(scenario, system, costs, this.#solver);
    });
    this.#utilisations.set(factor, mean(loads));
    return mean(loads);
  }

  /** Whether no scheduler can meet the bounds at this factor, on average over the seeds. */
  isRuledOut(factor: number, bounds: readonly Requirement[]): boolean {
    const found = this.#loadCase.seeds.map((seed) => {
      const { scenario, system, costs } = this.#world(factor, seed);
      return feasibility(scenario, system, costs, { seed, solver: this.#solver }).violations;
    });
    return bounds.some((bound) => {
      const values = found.map((least) => bestValue(bound, least?.areAll ? least.jobs : 0, least?.violations ?? 0));
      return values.every((value) => value !== undefined) && !holds(mean(values), bound);
    });
  }

  #world(factor: number, seed: number): { scenario: Scenario; system: System; costs: CostTable } {
    const { program } = runCaseOf(this.#loadCase.request(factor, seed, this.#any), this.#workbench);
    const { scenario, system } = program;
    const models = scenario.tasks.map(({ model }) => model);
    return { scenario, system, costs: this.#workbench.costs(models, system) };
  }
}

/** Whether the least number of violations can rule out a bound. It covers neither warm-ups nor single tasks. */
export const isJudged = ({ scope, metric, comparison }: Requirement, warmupMs: number): boolean =>
  scope.kind === "run" &&
  warmupMs === 0 &&
  ((metric.name === "slaSatisfaction" && comparison.startsWith(">")) ||
    (metric.name === "deadlineViolationRate" && comparison.startsWith("<")));

/** The best possible value of the metric, computed as the metric is; undefined if unknown. */
function bestValue({ metric }: Requirement, jobs: number, leastViolations: number): number | undefined {
  if (jobs === 0) return undefined;
  return (metric.name === "slaSatisfaction" ? jobs - leastViolations : leastViolations) / jobs;
}
