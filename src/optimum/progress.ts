/** How far a run under search has come: which jobs have ended and how, and what the running ones will have taken. */
import type { JobCompleted, JobDropped, Observer } from "../core/events.ts";
import { violates } from "../core/job-outcome.ts";
import type { SearchProblem } from "./search-problem.ts";

/** A job on an accelerator, until the end of its dispatch. */
export interface Commitment {
  readonly variantIndex: number;
  /** The layer that comes after the dispatch. */
  readonly layerAfter: number;
  readonly acceleratorIndex: number;
  /** Of the layers after the first of the dispatch. */
  readonly laterNs: number;
  /** Known once it runs. */
  endNs: number;
  /** All of the job by then. */
  energyPj: number;
}

export class Progress {
  /** By number. */
  readonly hasEnded: Uint8Array;
  readonly commitments: (Commitment | undefined)[];
  /** Of measured jobs that have ended, by task. */
  readonly violations: Float64Array;
  /** Of measured jobs that have ended, each times the weight of its task. */
  weightedPj = 0;
  readonly observer: Observer;
  readonly #problem: SearchProblem;
  readonly #weights: Float64Array;
  readonly #chargesDrops: boolean;

  constructor(problem: SearchProblem, weights: Float64Array) {
    const { jobs } = problem.ahead;
    this.#problem = problem;
    this.#weights = weights;
    this.#chargesDrops = problem.objective.family === "uxCostGuarded";
    this.hasEnded = new Uint8Array(jobs.length);
    this.commitments = jobs.map(() => undefined);
    this.violations = new Float64Array(problem.program.tasks.length);
    this.observer = {
      jobDispatched: ({ taskIndex, jobIndex, addedPj }) => {
        const commitment = this.commitments[this.#numberOf(taskIndex, jobIndex)];
        if (commitment !== undefined) commitment.energyPj += addedPj;
      },
      segmentBegun: ({ taskIndex, jobIndex, plannedEndNs }) => {
        const commitment = this.commitments[this.#numberOf(taskIndex, jobIndex)];
        if (commitment?.endNs === Infinity) commitment.endNs = plannedEndNs + commitment.laterNs;
      },
      jobCompleted: (job) => this.#end(job),
      jobDropped: (job) => this.#end(job),
    };
  }

  reset(): void {
    this.hasEnded.fill(0);
    this.commitments.fill(undefined);
    this.violations.fill(0);
    this.weightedPj = 0;
  }

  #numberOf(taskIndex: number, jobIndex: number): number {
    return this.#problem.ahead.numberOf(taskIndex, jobIndex);
  }

  #end(job: JobCompleted | JobDropped): void {
    const { taskIndex, jobIndex, completionNs, energyPj } = job;
    const number = this.#numberOf(taskIndex, jobIndex);
    const { isMeasured, worstPj } = this.#problem.ahead.jobs[number]!;
    this.hasEnded[number] = 1;
    this.commitments[number] = undefined;
    if (!isMeasured) return;
    if (violates(job)) this.violations[taskIndex]! += 1;
    const isCharged = completionNs === undefined && this.#chargesDrops;
    this.weightedPj += (isCharged ? Math.max(energyPj, worstPj) : energyPj) * this.#weights[taskIndex]!;
  }
}
