/** What a case offers at a factor, and what no policy can do better there: from the scenario and its costs alone. */

import { feasibility, offeredLoad } from "../../analysis/feasibility/index.ts";
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

/** Of one case. */
export class CaseLoad {
  readonly #place: CapacityCase;
  readonly #any: SchedulerEntry;
  readonly #workbench: Workbench<Library>;
  readonly #utilisations = new Map<number, number>();

  /** `any`: a scheduler, for what does not depend on it. */
  constructor(place: CapacityCase, any: SchedulerEntry, workbench: Workbench<Library>) {
    this.#place = place;
    this.#any = any;
    this.#workbench = workbench;
  }

  /**
   * Load of the busiest accelerator if the work is spread best, 1 = all of its time, on average (a lower bound); where
   * tasks are generated, the mean over the seeds.
   */
  utilisation(factor: number): number {
    const known = this.#utilisations.get(factor);
    if (known !== undefined) return known;
    const { seeds, isGenerated } = this.#place;
    const loads = (isGenerated ? seeds : seeds.slice(0, 1)).map((seed) => {
      const { scenario, system, costs } = this.#world(factor, seed);
      return offeredLoad(scenario, system, costs);
    });
    this.#utilisations.set(factor, mean(loads));
    return mean(loads);
  }

  /** Whether it is proven that no policy meets the bounds there, on average over the seeds. */
  isRuledOut(factor: number, bounds: readonly Requirement[]): boolean {
    const found = this.#place.seeds.map((seed) => {
      const { scenario, system, costs } = this.#world(factor, seed);
      return feasibility(scenario, system, costs, { seed }).violations;
    });
    return bounds.some((bound) => {
      const values = found.map((least) => bestValue(bound, least?.jobs ?? 0, least?.violations ?? 0));
      return values.every((value) => value !== undefined) && !holds(mean(values), bound);
    });
  }

  #world(factor: number, seed: number): { scenario: Scenario; system: System; costs: CostTable } {
    const { program } = runCaseOf(this.#place.request(factor, seed, this.#any), this.#workbench);
    const { scenario, system } = program;
    const models = scenario.tasks.map(({ model }) => model);
    return { scenario, system, costs: this.#workbench.costs(models, system) };
  }
}

/** Whether the least number of violations says anything about it: it knows of no warm-up, and of no single task. */
export const isJudged = ({ scope, metric, comparison }: Requirement, warmupMs: number): boolean =>
  scope.kind === "run" &&
  warmupMs === 0 &&
  ((metric.name === "slaSatisfaction" && comparison.startsWith(">")) ||
    (metric.name === "deadlineViolationRate" && comparison.startsWith("<")));

/** Of the metric, as it is computed itself; undefined: not known. */
function bestValue({ metric }: Requirement, jobs: number, leastViolations: number): number | undefined {
  if (jobs === 0) return undefined;
  return (metric.name === "slaSatisfaction" ? jobs - leastViolations : leastViolations) / jobs;
}
