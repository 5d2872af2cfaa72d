// Hot: at every end of a layer of a policy whose decisions are known.
/**
 * Decides as a policy says that its `decide` does, by `inOrder` or `onlyChoice` (core/scheduler.ts): without a call, a
 * view, and the checks that such decisions pass anyway.
 */
import type { Clock } from "../engine/clock.ts";
import type { Jobs } from "../engine/jobs.ts";
import type { Lane } from "../engine/lane.ts";
import type { Lanes } from "../engine/lanes.ts";
import type { LiveJob } from "../engine/live-job.ts";
import { NOWHERE, PinnedLists } from "../engine/pinned-lists.ts";
import { isBefore } from "../engine/ready-list.ts";
import type { Releases } from "../engine/releases.ts";
import { type KnownDecisions, UNKNOWN, type Work } from "../engine/work.ts";
import type { Program } from "../program.ts";
import type { AcceleratorView, KnownDecide } from "../scheduler.ts";
import { KnownPlaces } from "./known-places.ts";
import type { PolicyCalls } from "./policy-calls.ts";

/** The parts of a simulation that these read and move. */
export interface KnownTargets {
  readonly program: Program;
  readonly clock: Clock;
  readonly calls: PolicyCalls;
  readonly accelerators: readonly AcceleratorView[];
  readonly lanes: Lanes;
  readonly jobs: Jobs;
  readonly releases: Releases;
  readonly work: Work;
}

/** For `inOrder`. */
export class OrderedDecisions implements KnownDecisions {
  readonly layers: number;
  private readonly targets: KnownTargets;
  private readonly places: KnownPlaces;
  private readonly isLateDropping: boolean;
  private readonly isPreempting: boolean;

  constructor(known: KnownDecide, targets: KnownTargets) {
    this.layers = known.layers;
    this.targets = targets;
    this.places = new KnownPlaces(known, targets);
    const { pins } = this.places;
    if (pins !== undefined) targets.jobs.pinned = new PinnedLists(pins, targets.accelerators.length);
    this.isLateDropping = targets.calls.isLateDropping;
    this.isPreempting = targets.calls.isPreempting;
  }

  /** Fills the idle accelerators. */
  decide(): void {
    const { jobs, lanes, calls } = this.targets;
    while (jobs.ready.length > 0 && lanes.idleAccelerators > 0) {
      calls.decisions += 1;
      if (!this.runFirst()) return;
    }
  }

  private runFirst(): boolean {
    const { jobs, lanes } = this.targets;
    const { ready, pinned } = jobs;
    if (pinned !== undefined) {
      const job = pinned.firstOnIdle(lanes.freeUnits);
      return job !== undefined && this.run(job);
    }
    for (let i = 0; i < ready.length; i++) if (this.run(ready.jobAt(i))) return true;
    return false;
  }

  /** False: the job has no place now. */
  private run(job: LiveJob): boolean {
    const index = this.places.of(job, NOWHERE);
    if (index === NOWHERE) return false;
    const { accelerators, work } = this.targets;
    work.dispatch(job, index, accelerators[index]!.units, this.layers);
    return true;
  }

  next(lane: Lane, job: LiveJob): number {
    const { jobs, calls } = this.targets;
    if (!isOnlyEvent(this.targets, lane)) return UNKNOWN;
    if (jobs.ready.length > 0 && !this.isFirst(lane, job)) return UNKNOWN;
    const index = this.places.of(job, lane.acceleratorIndex);
    if (index !== NOWHERE) calls.decisions += this.isPreempting && this.targets.lanes.runsBeside(lane) ? 2 : 1;
    return index;
  }

  /** Whether a job that comes back while others wait gets the only idle accelerator, if it can run there. */
  private isFirst(lane: Lane, job: LiveJob): boolean {
    const { jobs, lanes, calls } = this.targets;
    if (lanes.idlesBeside(lane) || (this.isLateDropping && jobs.mayBeLate)) return false;
    if (this.isPreempting && lanes.runsBeside(lane)) return false;
    job.rank = calls.rank(job.handle);
    const first = jobs.pinned === undefined ? jobs.ready.jobAt(0) : jobs.pinned.first(lane.acceleratorIndex);
    return first === undefined || isBefore(job, first);
  }
}

/** For `onlyChoice`. */
export class OnlyChoices implements KnownDecisions {
  readonly layers: number;
  private readonly targets: KnownTargets;
  private readonly places: KnownPlaces;
  private readonly isPreempting: boolean;

  constructor(known: KnownDecide, targets: KnownTargets) {
    this.layers = known.layers;
    this.targets = targets;
    this.places = new KnownPlaces(known, targets);
    this.isPreempting = targets.calls.isPreempting;
  }

  next(lane: Lane, job: LiveJob): number {
    const { jobs, lanes, calls } = this.targets;
    if (jobs.ready.length > 0 || !isOnlyEvent(this.targets, lane)) return UNKNOWN;
    const { acceleratorIndex } = lane;
    const index = lanes.idlesBeside(lane)
      ? this.places.of(job, acceleratorIndex)
      : this.places.here(job, acceleratorIndex);
    if (index === NOWHERE) return UNKNOWN;
    calls.decisions += this.isPreempting && lanes.runsBeside(lane) ? 2 : 1;
    return index;
  }
}

/** Whether nothing else happens at this instant than what has happened on lanes up to this one. */
function isOnlyEvent({ clock, jobs, releases, lanes }: KnownTargets, { index }: Lane): boolean {
  const { nowNs } = clock;
  if (jobs.due.length > 0 || releases.nextNs <= nowNs) return false;
  const { endNs } = lanes;
  for (let later = index + 1; later < endNs.length; later++) if (endNs[later] === nowNs) return false;
  return true;
}
