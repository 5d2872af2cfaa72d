/** What a policy sees of a run; see scheduler.ts. Reading it changes nothing. */
import { IdleLists } from "./idle-lists.ts";
import type { AcceleratorView, JobList, ReadyJob, RunningJob, RunningView, View } from "./scheduler.ts";
import type { JobHandle } from "./views.ts";
import type { World } from "./world.ts";

export class PolicyView implements View, RunningView {
  readonly #world: World;
  readonly #idleLists: IdleLists;
  readonly #running: JobHandle[] = [];

  constructor(world: World) {
    this.#world = world;
    this.#idleLists = new IdleLists(world.accelerators);
  }

  get nowNs(): number {
    return this.#world.clock.nowNs;
  }
  get readyJobs(): JobList<ReadyJob> {
    return this.#world.ready;
  }
  get accelerators(): readonly AcceleratorView[] {
    return this.#world.accelerators;
  }
  get idleAccelerators(): readonly [AcceleratorView, ...AcceleratorView[]] {
    const idle: readonly AcceleratorView[] = this.#idleLists.idle(this.#world.lanes.freeUnits);
    // Policies are only asked to decide while there is one.
    return idle as readonly [AcceleratorView, ...AcceleratorView[]];
  }
  get runningJobs(): readonly RunningJob[] {
    const { all, running } = this.#world.lanes;
    const jobs = this.#running;
    // Setting a length is slow, so it is only done where it changes.
    if (jobs.length !== running) jobs.length = running;
    let at = 0;
    for (let lane = 0; lane < all.length; lane++) {
      const { job } = all[lane]!;
      if (job !== undefined) jobs[at++] = job.handle;
    }
    return jobs;
  }
}
