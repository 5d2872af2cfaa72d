/** All choices of an instant: which jobs to drop, and what each idle accelerator runs, or that it waits. */
import type { AcceleratorView, Decisions, ReadyJob, View } from "../core/scheduler.ts";
import type { Round, Way, Ways } from "./ways.ts";

export class FullRound implements Round {
  readonly #ways: Ways;

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  reset(): void {}

  decide(view: View, decisions: Decisions): boolean {
    this.#ways.visit(view, () => "");
    const waiting = this.#drop([...view.readyJobs], view.nowNs, decisions);
    const started = new Set<ReadyJob>();
    for (const accelerator of view.idleAccelerators) this.#fill(accelerator, waiting, started, view.nowNs, decisions);
    if (started.size === 0 && waiting.length > 0 && this.#isStuck(view)) this.#ways.prune();
    return true;
  }

  /** Nothing runs and nothing will come: who waits now waits for ever. */
  #isStuck({ runningJobs, nowNs }: View): boolean {
    return runningJobs.length === 0 && nowNs >= this.#ways.problem.ahead.lastReleaseNs;
  }

  /** Returns the jobs that stay. */
  #drop(jobs: readonly ReadyJob[], nowNs: number, decisions: Decisions): readonly ReadyJob[] {
    if (this.#ways.problem.model.drops === "never") return jobs;
    return jobs.filter((job) => {
      const isDropped = this.#ways.tape.choose(2) === 1;
      if (isDropped) this.#ways.drop(job, nowNs, decisions);
      return !isDropped;
    });
  }

  /** Jobs side by side on an accelerator come in order, because it does not matter which of them is named first. */
  #fill(on: AcceleratorView, jobs: readonly ReadyJob[], started: Set<ReadyJob>, nowNs: number, decisions: Decisions) {
    let from = 0;
    for (let free = on.freeUnits; free > 0; ) {
      const options = jobs
        .slice(from)
        .flatMap((job) => (started.has(job) ? [] : this.#waysOf(job, on, free).map((way) => ({ job, way }))));
      // The last one is to wait.
      const taken = options[this.#ways.tape.choose(options.length + 1)];
      if (taken === undefined) return;
      const { job, way } = taken;
      this.#ways.chooseVariant(job, way.variantIndex, nowNs, decisions);
      this.#ways.run(job, on, way, nowNs, decisions);
      started.add(job);
      from = jobs.indexOf(job) + 1;
      free -= way.units;
    }
  }

  #waysOf(job: ReadyJob, on: AcceleratorView, free: number): readonly Way[] {
    const { toRun, problem } = this.#ways;
    const number = problem.ahead.numberOf(job.task.index, job.jobIndex);
    return Array.from({ length: free }, (_, i) => toRun.of(job, number, on, free - i)).flat();
  }
}
