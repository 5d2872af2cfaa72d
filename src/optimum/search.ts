/** Depth-first branch and bound over the decisions of real runs. */
import type { Observer } from "../core/events.ts";
import type { JobRecord, ReadRecord } from "../core/records.ts";
import { simulate } from "../core/simulate.ts";
import { createTally } from "../metrics/tally.ts";
import { Explorer, pruned } from "./explorer.ts";
import type { Schedule } from "./schedule.ts";
import type { SearchProblem } from "./search-problem.ts";
import { Tape } from "./tape.ts";

export interface BestSchedule {
  readonly cost: number;
  /** Undefined: none better than what the search began with. */
  readonly schedule: Schedule | undefined;
}

export class Search {
  /** Whether every schedule of the model was visited, or is known to be no better than the best. */
  isDone = false;
  readonly #problem: SearchProblem;
  readonly #tape = new Tape();
  readonly #explorer: Explorer;
  readonly #observer: Observer;
  #best: BestSchedule;
  #runs = 0;
  #jobs: JobRecord[] = [];
  #reads: { readonly reads: readonly ReadRecord[] }[] = [];

  /** `knownCost`: of a schedule of the model; only better ones are looked for. */
  constructor(problem: SearchProblem, knownCost = Infinity) {
    this.#problem = problem;
    this.#explorer = new Explorer(problem, this.#tape);
    this.#explorer.bestCost = knownCost;
    this.#best = { cost: knownCost, schedule: undefined };
    this.#observer = this.#listener();
  }

  get best(): BestSchedule {
    return this.#best;
  }

  /** Instants with a choice that were visited, and runs that were made. */
  get states(): number {
    return this.#explorer.states + this.#runs;
  }

  /** Makes runs until `states` were visited in all, or the search is done. */
  run(states: number): void {
    while (!this.isDone && this.states < states) {
      this.#runs += 1;
      this.#runOnce();
      this.isDone = !this.#tape.advance();
    }
  }

  #runOnce(): void {
    this.#jobs = [];
    this.#reads = [];
    const { program, seed, objective, context } = this.#problem;
    try {
      const totals = simulate(program, this.#explorer, {}, { seed, meter: "on", observer: this.#observer });
      if (!this.#explorer.isPromising) return;
      const tally = createTally(context);
      for (const job of this.#jobs) tally.jobEnded(job);
      for (const reads of this.#reads) tally.inputsRead(reads);
      this.#judge(objective.cost(tally.finish(totals)));
    } catch (error) {
      if (error !== pruned) throw error;
    }
  }

  #judge(cost: number): void {
    if (cost >= this.#best.cost) return;
    this.#best = { cost, schedule: this.#explorer.made };
    this.#explorer.bestCost = cost;
  }

  #listener(): Observer {
    const { observer } = this.#explorer.progress;
    const hasReads = this.#problem.program.tasks.some(({ task }) => task.reads !== undefined);
    const isBounded = this.#problem.pruning !== "none";
    return {
      ...(isBounded && { jobDispatched: observer.jobDispatched!, segmentBegun: observer.segmentBegun! }),
      ...(hasReads && { inputsRead: (event) => this.#reads.push(event) }),
      jobCompleted: (job) => {
        this.#jobs.push(job);
        observer.jobCompleted!(job);
      },
      jobDropped: (job) => {
        this.#jobs.push(job);
        observer.jobDropped!(job);
      },
    };
  }
}
