/**
 * Planaria as its authors released it. Source: github.com/he-actlab/planaria.code, `scheduler/`
 * (docs/references.md#planaria-released-event-loop). Takes: allocation (released-allocation.ts); at an arrival or end
 * of a job all jobs run to the end of their tile, and none continues before the last one is there.
 * Adaptation: progress is the core's: whole tiles, not a float that may ask for one tile too many (item 6 of
 * docs/references.md#planaria-departures).
 * Adaptation: an ended job leaves at once, not at the next barrier; several may end between two barriers (item 8).
 * Adaptation: of a begun layer, the share that is left counts, not whole tiles; the same where tiles are as many.
 * Adaptation: where costs are known for some sizes only and no job can run on its units, the first gets the most it can.
 * Adaptation: several accelerators: each has a queue of its own; a job joins at its release the one with fewest jobs
 * of those that can run it, then the fastest.
 */
import type { AcceleratorView, Decisions, ReadyJob, View } from "../../../src/core/scheduler.ts";
import { defineScheduler } from "../../../src/schedulers/define-scheduler.ts";
import { ableUnits, fewestUnits } from "../../../src/schedulers/planaria/need.ts";
import { lateDrop } from "../../../src/schedulers/shared-parameters.ts";
import { ReleasedAllocation } from "./released-allocation.ts";

export const planariaReleased = defineScheduler({
  name: "planaria-released",
  summary: "planaria as released: all jobs of an accelerator wait for each other when it is divided anew",
  source: "github.com/he-actlab/planaria.code, scheduler of Planaria (MICRO 2020)",
  parameters: { lateDrop },
  create({ accelerators }, { lateDrop }) {
    const queues = accelerators.map((accelerator) => new Queue(accelerator));
    const queueOf: (Queue | undefined)[] = []; // by slot
    return {
      lateDrop,
      jobReleased(job) {
        const queue = shortest(queues, job);
        queueOf[job.slot] = queue;
        queue?.changeBy(1);
      },
      jobEnded(job) {
        queueOf[job.slot]?.changeBy(-1);
      },
      preempt(view, decisions) {
        for (const job of view.runningJobs) {
          if (job.isStopping || !queues[job.accelerator.index]!.isDue) continue;
          decisions.preempt(job, job.accelerator.canCheckpoint ? "checkpoint" : "drain");
        }
      },
      decide(view, decisions) {
        for (const queue of queues) if (queue.isAtBarrier) queue.divide(view, decisions, queueOf);
      },
    };
  },
});

/** The jobs of one accelerator. */
class Queue {
  isDue = false;
  jobs = 0;
  readonly accelerator: AcceleratorView;
  readonly #allocation: ReleasedAllocation;
  readonly #members: ReadyJob[] = [];
  readonly #size = { units: 0 };

  constructor(accelerator: AcceleratorView) {
    this.accelerator = accelerator;
    this.#allocation = new ReleasedAllocation(accelerator.units);
  }

  changeBy(jobs: number): void {
    this.jobs += jobs;
    this.isDue = true;
  }

  get isAtBarrier(): boolean {
    return this.isDue && this.accelerator.freeUnits === this.accelerator.units;
  }

  divide(view: View, decisions: Decisions, queueOf: readonly (Queue | undefined)[]): void {
    this.isDue = false;
    this.#allocation.clear();
    this.#members.length = 0;
    for (let i = 0; i < view.readyJobs.length; i++) {
      const job = view.readyJobs.at(i);
      if (queueOf[job.slot] === this) this.#claim(job, job.deadlineNs - view.nowNs);
    }
    this.#allocation.divide();
    if (this.#runAll(decisions) === 0 && this.#members.length > 0) {
      const [first] = this.#members;
      this.#size.units = ableUnits(first!, this.accelerator, this.accelerator.units);
      decisions.run(first!, this.accelerator, this.#size);
    }
    this.#members.length = 0;
  }

  /** Runs each job on its units; how many could. */
  #runAll(decisions: Decisions): number {
    let running = 0;
    for (let i = 0; i < this.#members.length; i++) {
      const units = ableUnits(this.#members[i]!, this.accelerator, this.#allocation.units[i]!);
      if (units === 0) continue;
      this.#size.units = units;
      decisions.run(this.#members[i]!, this.accelerator, this.#size);
      running += 1;
    }
    return running;
  }

  #claim(job: ReadyJob, slack: number): void {
    const { accelerator } = this;
    const need = fewestUnits(job, accelerator, slack);
    const remaining = job.remainingNs(accelerator, need === 0 ? accelerator.units : need);
    this.#members.push(job);
    this.#allocation.add({ priority: job.priority, slack, need, remaining });
  }
}

function shortest(queues: readonly Queue[], job: ReadyJob): Queue | undefined {
  let best: Queue | undefined;
  let bestNs = Infinity;
  for (const queue of queues) {
    const ns = job.remainingNs(queue.accelerator);
    if (ns === Infinity || (best !== undefined && queue.jobs > best.jobs)) continue;
    if (best !== undefined && queue.jobs === best.jobs && ns >= bestNs) continue;
    best = queue;
    bestNs = ns;
  }
  return best;
}
