// Hot: runs at every decision.
/** Terastal's online choice for one job: an accelerator and a variant for its next layer, or to wait. Keeps the last choice. */
import type { AcceleratorView, Candidate, ReadyJob, Reason, View } from "../../core/scheduler.ts";
import type { VirtualBudgets } from "./virtual-budgets.ts";

/**
 * When a job waits for a busy accelerator, if no idle one ends its layer within the virtual budget: where the busy one
 * will end it within the budget, or will at least end it before the idle ones, or never.
 */
export type WaitRule = "budget" | "sooner" | "never";

export class Mapping {
  readonly #budgets: VirtualBudgets;
  readonly #waitRule: WaitRule;
  accelerator: AcceleratorView | undefined = undefined;
  variantIndex = 0;
  isInBudget = false;
  #finishNs = Infinity;

  constructor(budgets: VirtualBudgets, waitRule: WaitRule) {
    this.#budgets = budgets;
    this.#waitRule = waitRule;
  }

  /**
   * Chooses where the job's next layer runs: in the first variant that ends on an idle accelerator within its virtual
   * budget, on the one that ends it first. If none does, where it ends first. False if it is to wait.
   */
  find(job: ReadyJob, variants: readonly number[], view: View): boolean {
    this.accelerator = undefined;
    this.#finishNs = Infinity;
    this.isInBudget = this.#findInBudget(job, variants, view);
    if (this.isInBudget) return true;
    if (this.accelerator === undefined) return false;
    return this.#waitRule === "never" || !this.#isWorthWaiting(job, variants, view);
  }

  /** Leaves the earliest end on an idle accelerator if none is within its budget. */
  #findInBudget(job: ReadyJob, variants: readonly number[], { nowNs, idleAccelerators }: View): boolean {
    for (const variantIndex of variants) {
      const fastest = fastestOf(job, variantIndex, idleAccelerators);
      if (fastest === undefined) continue;
      const finishNs = nowNs + timeNs(job, variantIndex, fastest);
      const isInBudget = finishNs <= this.#budgets.virtualDeadlineNs(job, variantIndex);
      if (isInBudget || finishNs < this.#finishNs) {
        this.accelerator = fastest;
        this.variantIndex = variantIndex;
        this.#finishNs = finishNs;
      }
      if (isInBudget) return true;
    }
    return false;
  }

  /** Whether a busy accelerator, once its layer has ended, will still end the job's layer in time. */
  #isWorthWaiting(job: ReadyJob, variants: readonly number[], { runningJobs }: View): boolean {
    for (const { accelerator, layerEndNs } of runningJobs) {
      for (const variantIndex of variants) {
        const finishNs = layerEndNs + timeNs(job, variantIndex, accelerator);
        if (finishNs < this.#finishNs && finishNs <= this.#latestNs(job, variantIndex)) return true;
      }
    }
    return false;
  }

  /** The latest end for which a job waits. */
  #latestNs(job: ReadyJob, variantIndex: number): number {
    return this.#waitRule === "budget" ? this.#budgets.virtualDeadlineNs(job, variantIndex) : Infinity;
  }

  /** Explains the last choice of an accelerator. */
  reason(job: ReadyJob, { nowNs, idleAccelerators }: View): Reason {
    const virtualDeadlineNs = this.#budgets.virtualDeadlineNs(job, this.variantIndex);
    const latencyNsOn = (idle: AcceleratorView) => layerNs(job, this.variantIndex, idle);
    const able = idleAccelerators.filter((idle) => latencyNsOn(idle) < Infinity);
    const inOrder = [this.accelerator!, ...able.filter((idle) => idle !== this.accelerator)];
    const candidates = inOrder.map((accelerator): Candidate => {
      const terms = { latencyNs: latencyNsOn(accelerator), switchNs: job.switchNs(accelerator), virtualDeadlineNs };
      return { job, accelerator, score: nowNs + terms.latencyNs + terms.switchNs, terms };
    });
    const budget = this.isInBudget ? "within its virtual budget" : "beyond its virtual budget";
    return { rule: `first in order; its layer ends first here, ${budget}`, best: "least", candidates };
  }

  /** Explains the last choice of a variant. */
  variantReason(job: ReadyJob, { nowNs }: View): Reason {
    const name = job.task.variantNames[this.variantIndex]!;
    const virtualDeadlineNs = this.#budgets.virtualDeadlineNs(job, this.variantIndex);
    const terms = { nextLayerNs: this.#finishNs - nowNs, budgetLeftNs: virtualDeadlineNs - nowNs };
    const rule = this.isInBudget
      ? `${name}, the heaviest variant within its virtual budget`
      : `${name}, the variant whose layer ends first: none is within its virtual budget`;
    return { rule, candidates: [{ job, accelerator: this.accelerator!, terms }] };
  }
}

function fastestOf(job: ReadyJob, variantIndex: number, idle: View["idleAccelerators"]): AcceleratorView | undefined {
  let best: AcceleratorView | undefined;
  let bestNs = Infinity;
  for (let i = 0; i < idle.length; i++) {
    const ns = timeNs(job, variantIndex, idle[i]!);
    if (ns >= bestNs) continue;
    best = idle[i];
    bestNs = ns;
  }
  return best;
}

/** Time of the job's next layer, with the switch to it. */
function timeNs(job: ReadyJob, variantIndex: number, accelerator: AcceleratorView): number {
  return job.switchNs(accelerator) + layerNs(job, variantIndex, accelerator);
}

function layerNs(job: ReadyJob, variantIndex: number, accelerator: AcceleratorView): number {
  if (variantIndex === job.variantIndex) return job.latencyNs(accelerator);
  return job.task.layerCosts(variantIndex).latencyNs(0, accelerator) * job.scale;
}
