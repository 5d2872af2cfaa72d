/**
 * Terastal's virtual budgets: how a job's time until its deadline is shared out among its layers. A layer's virtual
 * deadline is where its budget ends. A layer that runs much slower on some accelerators gets more of the slack, so that it
 * can wait for its preferred accelerator, or run on another one.
 */
import type { AcceleratorView, LayerCosts, Platform, ReadyJob, TaskView } from "../../core/scheduler.ts";

/** What a layer's share of the slack goes by: its latency gap between accelerators, or its least latency. */
export type BudgetRule = "gap" | "work";

/** The budgets of every variant of every task. */
export class VirtualBudgets {
  readonly #ofVariants: readonly (readonly VariantBudgets[])[];

  constructor({ accelerators, tasks }: Platform, rule: BudgetRule) {
    const ofTask = (task: TaskView) =>
      task.variantNames.map((_, index) => new VariantBudgets(task.layerCosts(index), accelerators, rule));
    this.#ofVariants = tasks.map(ofTask);
  }

  /** Where the budget of the job's next layer ends, ns; Infinity without a deadline. */
  virtualDeadlineNs(job: ReadyJob, variantIndex = job.variantIndex): number {
    return this.#ofVariants[job.task.index]![variantIndex]!.virtualDeadlineNs(job);
  }
}

class VariantBudgets {
  /** Of the layers up to each one, each on its preferred accelerator. */
  readonly #workNs: Float64Array;
  /** Share of the slack that the layers up to each one get, 0 to 1. */
  readonly #slackShare: Float64Array;

  constructor(costs: LayerCosts, accelerators: readonly AcceleratorView[], rule: BudgetRule) {
    const spans = Array.from({ length: costs.length }, (_, layer) => spanOf(costs, layer, accelerators));
    const workNs = spans.map(({ leastNs }) => leastNs);
    const gapsNs = spans.map(({ leastNs, mostNs }) => mostNs - leastNs);
    this.#workNs = runningSums(workNs);
    this.#slackShare = runningShares(rule === "gap" ? [gapsNs, workNs] : [workNs]);
  }

  virtualDeadlineNs({ releaseNs, deadlineNs, scale, layerIndex }: ReadyJob): number {
    if (deadlineNs === Infinity) return Infinity;
    const timeNs = deadlineNs - releaseNs;
    const allWorkNs = this.#workNs[this.#workNs.length - 1]! * scale;
    const workNs = this.#workNs[layerIndex]! * scale;
    const slackNs = timeNs - allWorkNs;
    if (slackNs < 0) return allWorkNs > 0 ? releaseNs + (timeNs * workNs) / allWorkNs : deadlineNs;
    return releaseNs + workNs + slackNs * this.#slackShare[layerIndex]!;
  }
}

/** Least and most time of a layer on the accelerators that can run it; 0 if none can. */
function spanOf(costs: LayerCosts, layerIndex: number, accelerators: readonly AcceleratorView[]) {
  const latenciesNs = accelerators.map((accelerator) => costs.latencyNs(layerIndex, accelerator));
  const finiteNs = latenciesNs.filter(Number.isFinite);
  if (finiteNs.length === 0) return { leastNs: 0, mostNs: 0 };
  return { leastNs: Math.min(...finiteNs), mostNs: Math.max(...finiteNs) };
}

function runningSums(values: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(values, (value) => {
    sum += value;
    return sum;
  });
}

/** Running shares of the first weights that are not all 0; of equal ones if all are. */
function runningShares(weights: readonly (readonly number[])[]): Float64Array {
  const equal = weights[0]!.map(() => 1);
  const used = weights.find((each) => each.some((weight) => weight > 0)) ?? equal;
  const sums = runningSums(used);
  return sums.map((sum) => sum / sums[sums.length - 1]!);
}
