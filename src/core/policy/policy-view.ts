/** What a policy sees of a run, as scheduler.ts defines it. Reading it changes nothing. */
import type { Clock } from "../engine/clock.ts";
import type { Lanes } from "../engine/lanes.ts";
import type { AcceleratorView, JobList, ReadyJob, RunningJob, RunningView, View } from "../scheduler.ts";
import { IdleLists } from "./idle-lists.ts";

export class PolicyView implements View, RunningView {
  readonly readyJobs: JobList<ReadyJob>;
  readonly accelerators: readonly AcceleratorView[];
  readonly #clock: Clock;
  readonly #lanes: Lanes;
  readonly #idleLists: IdleLists;
  readonly #running: RunningJob[] = [];

  constructor(clock: Clock, lanes: Lanes, accelerators: readonly AcceleratorView[], readyJobs: JobList<ReadyJob>) {
    this.readyJobs = readyJobs;
    this.accelerators = accelerators;
    this.#clock = clock;
    this.#lanes = lanes;
    this.#idleLists = new IdleLists(accelerators);
  }

  get nowNs(): number {
    return this.#clock.nowNs;
  }
  get idleAccelerators(): readonly [AcceleratorView, ...AcceleratorView[]] {
    const idle: readonly AcceleratorView[] = this.#idleLists.idle(this.#lanes.freeUnits);
    // Policies decide only while there is one.
    return idle as readonly [AcceleratorView, ...AcceleratorView[]];
  }
  get runningJobs(): readonly RunningJob[] {
    const { all, running } = this.#lanes;
    const jobs = this.#running;
    // Setting a length is slow, so it is only set if it changes.
    if (jobs.length !== running) jobs.length = running;
    let at = 0;
    for (let lane = 0; lane < all.length; lane++) {
      const { job } = all[lane]!;
      if (job !== undefined) jobs[at++] = job.handle;
    }
    return jobs;
  }
}
