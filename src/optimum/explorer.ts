/**
 * A policy that takes its choices from a tape, so that repeated runs visit the schedules of a case one after another. What
 * it chooses from at each instant is in `full-round.ts` and `reduced-round.ts`.
 */
import { SchedulerError } from "../core/errors.ts";
import type { AcceleratorView, Decisions, Policy, ReadyJob, RunningView, Scheduler, View } from "../core/scheduler.ts";
import { Bound } from "./bound.ts";
import { FullRound } from "./full-round.ts";
import { Progress } from "./progress.ts";
import { ReducedRound } from "./reduced-round.ts";
import type { Decision } from "./schedule.ts";
import type { SearchProblem } from "./search-problem.ts";
import { StatesSeen } from "./states-seen.ts";
import { chooseStops } from "./stops.ts";
import type { Tape } from "./tape.ts";
import { type Round, type Ways, WaysToRun } from "./ways.ts";

/** Ends a run that cannot lead to anything better. */
class Pruned extends SchedulerError {}

/** One for all, because making an error takes longer than the run that it ends. */
export const pruned = new Pruned("this schedule is no better than another");

export class Explorer implements Scheduler, Ways {
  readonly name = "optimum";
  readonly summary = "visits the schedules of a case";
  readonly source = "rtmm";
  readonly parameters = [];
  readonly problem: SearchProblem;
  readonly tape: Tape;
  readonly bound: Bound;
  readonly progress: Progress;
  readonly toRun: WaysToRun;
  /** What the run has decided so far. */
  made: Decision[] = [];
  /** Calls of `decide` at new places. */
  states = 0;
  /** Of the best schedule so far. */
  bestCost = Infinity;
  readonly #seen = new StatesSeen();
  readonly #round: Round;
  /** Whether nothing has happened since the choices of this instant were made. */
  #isOver = false;
  /** Ready jobs that will be ranked again only because their variant was chosen. */
  #chosen = 0;
  #stops = 0;

  constructor(problem: SearchProblem, tape: Tape) {
    this.problem = problem;
    this.tape = tape;
    this.bound = new Bound(problem);
    this.progress = new Progress(problem, this.bound.weights);
    this.toRun = new WaysToRun(problem);
    this.#round = problem.pruning === "all" ? new ReducedRound(this) : new FullRound(this);
  }

  create(): Policy {
    this.tape.rewind();
    this.progress.reset();
    this.#round.reset();
    this.made = [];
    this.#isOver = false;
    this.#chosen = 0;
    this.#stops = 0;
    return {
      lateDrop: false,
      rank: () => this.#becameReady(),
      decide: (view, decisions) => this.#decide(view, decisions),
      ...(this.problem.model.preemptions > 0 && {
        preempt: (view: RunningView, decisions: Decisions) => this.#preempt(view, decisions),
      }),
      jobEnded: (_job, _nowNs, dropReason) => {
        if (dropReason !== "policy") this.#isOver = false;
      },
    };
  }

  #becameReady(): number {
    if (this.#chosen > 0) this.#chosen -= 1;
    else this.#isOver = false;
    return 0;
  }

  #decide(view: View, decisions: Decisions): void {
    if (this.#isOver) return;
    this.#isOver = this.#round.decide(view, decisions);
  }

  #preempt(view: RunningView, decisions: Decisions): void {
    const left = this.problem.model.preemptions - this.#stops;
    const stops = chooseStops(view, left, this.tape);
    for (const { job, how } of stops) {
      decisions.preempt(job, how);
      this.made.push({ ...nameOf(job, view.nowNs), do: how });
    }
    this.#stops += stops.length;
  }

  /** Called once an instant, before its first choice. Throws `pruned`. */
  visit(view: View, stateOf: () => string): void {
    if (!this.tape.isNew) return;
    this.states += 1;
    if (this.problem.pruning === "none") return;
    if (isNoBetter(this.bound.least(view, this.progress), this.bestCost)) throw pruned;
    if (this.problem.pruning === "bounds") return;
    if (this.#seen.isNoBetter(stateOf(), this.bound.spent(view, this.progress))) throw pruned;
  }

  /** Whether the run that has ended may be better than the best so far. What it cost is measured only then. */
  get isPromising(): boolean {
    return this.problem.pruning === "none" || !isNoBetter(this.bound.final(this.progress), this.bestCost);
  }

  prune(): never {
    throw pruned;
  }

  drop(job: ReadyJob, nowNs: number, decisions: Decisions): void {
    decisions.drop(job);
    this.made.push({ ...nameOf(job, nowNs), do: "drop" });
  }

  chooseVariant(job: ReadyJob, variant: number, nowNs: number, decisions: Decisions): void {
    if (variant === job.variantIndex) return;
    this.#chosen += 1;
    decisions.chooseVariant(job, variant);
    this.made.push({ ...nameOf(job, nowNs), do: "choose", variant });
  }

  run(
    job: ReadyJob,
    on: AcceleratorView,
    { layers, units }: { layers: number; units: number },
    nowNs: number,
    decisions: Decisions,
  ): void {
    decisions.run(job, on, { layers, units });
    const some = layers === Infinity ? {} : { layers };
    this.made.push({ ...nameOf(job, nowNs), do: "run", on: on.index, ...some, units });
  }
}

const nameOf = ({ task, jobIndex }: ReadyJob, atNs: number) => ({ atNs, task: task.index, job: jobIndex });

/** Sums of energies differ in their last digits by the order of the jobs. */
const isNoBetter = (least: number, best: number): boolean => least >= best - Math.abs(best) * 1e-12;
