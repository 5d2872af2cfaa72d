/** The live jobs. Each object is taken from a pool at a release and returned at the job's end. */
import type { RunningJob } from "../scheduler.ts";
import { LiveJob, state } from "./live-job.ts";

export class JobPool {
  /** All objects of the pool, by slot. */
  private readonly jobs: LiveJob[] = [];
  private readonly free: LiveJob[] = [];
  private readonly handleFor: (job: LiveJob) => RunningJob;

  constructor(handleFor: (job: LiveJob) => RunningJob) {
    this.handleFor = handleFor;
  }

  acquire(): LiveJob {
    const used = this.free.pop();
    if (used !== undefined) return used;
    const job = new LiveJob(this.jobs.length);
    job.handle = this.handleFor(job);
    this.jobs.push(job);
    return job;
  }

  release(job: LiveJob): void {
    job.state = state.free;
    this.free.push(job);
  }

  /** The live job in a slot; undefined if there is none. */
  live(slot: number): LiveJob | undefined {
    const job = this.jobs[slot];
    return job?.state === state.free ? undefined : job;
  }
}
