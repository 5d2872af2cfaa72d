// Hot: at every instant of a policy that only orders jobs.
/**
 * Decides as a policy says that its `decide` does, by `inOrder` or `onlyChoice` (core/scheduler.ts): without a call, a
 * view, and the checks that such decisions pass anyway.
 */
import type { Clock } from "../engine/clock.ts";
import type { Jobs } from "../engine/jobs.ts";
import type { Lane } from "../engine/lane.ts";
import type { Lanes } from "../engine/lanes.ts";
import type { LiveJob } from "../engine/live-job.ts";
import type { Releases } from "../engine/releases.ts";
import type { KnownDecisions, Work } from "../engine/work.ts";
import type { AcceleratorView } from "../scheduler.ts";
import type { PolicyCalls } from "./policy-calls.ts";

/** The parts of a simulation that these read and move. */
export interface KnownTargets {
  readonly clock: Clock;
  readonly calls: PolicyCalls;
  readonly accelerators: readonly AcceleratorView[];
  readonly lanes: Lanes;
  readonly jobs: Jobs;
  readonly releases: Releases;
  readonly work: Work;
}

const NONE = -1;

export class OrderedDecisions implements KnownDecisions {
  readonly layers: number;
  private readonly targets: KnownTargets;

  constructor(layers: number, targets: KnownTargets) {
    this.layers = layers;
    this.targets = targets;
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
    const { jobs, accelerators, work } = this.targets;
    const { ready } = jobs;
    for (let i = 0; i < ready.length; i++) {
      const job = ready.jobAt(i);
      const index = this.soonest(job, NONE);
      if (index === NONE) continue;
      work.dispatch(job, index, accelerators[index]!.units, this.layers);
      return true;
    }
    return false;
  }

  comesBack(lane: Lane, job: LiveJob): boolean {
    if (!isAlone(this.targets, lane)) return false;
    if (this.soonest(job, lane.acceleratorIndex) !== lane.acceleratorIndex) return false;
    this.targets.calls.decisions += 1;
    return true;
  }

  /**
   * Index of the accelerator that ends the job's next layers first, among the idle ones and one that gets idle now
   * (NONE: none does); NONE: none can run them.
   */
  private soonest({ handle }: LiveJob, freed: number): number {
    const { layers } = this;
    const { accelerators, lanes } = this.targets;
    const { freeUnits } = lanes;
    let best = NONE;
    let bestNs = Infinity;
    for (let index = 0; index < freeUnits.length; index++) {
      if (freeUnits[index] === 0 && index !== freed) continue;
      const accelerator = accelerators[index]!;
      const ns = layers === 1 ? handle.latencyNs(accelerator) : handle.blockNs(layers, accelerator);
      if (ns >= bestNs) continue;
      best = index;
      bestNs = ns;
    }
    return best;
  }
}

/** Decides as a policy with `onlyChoice` does where there is but one choice. */
export class OnlyChoices implements KnownDecisions {
  readonly layers: number;
  private readonly targets: KnownTargets;

  constructor(layers: number, targets: KnownTargets) {
    this.layers = layers;
    this.targets = targets;
  }

  comesBack(lane: Lane, { handle }: LiveJob): boolean {
    const { lanes, accelerators, calls } = this.targets;
    if (lanes.idleAccelerators > 0 || !isAlone(this.targets, lane)) return false;
    if (handle.latencyNs(accelerators[lane.acceleratorIndex]!) === Infinity) return false;
    calls.decisions += 1;
    return true;
  }
}

/** Whether the job of a lane that ends now would be the only one to decide on at this instant. */
function isAlone({ clock, jobs, releases, lanes }: KnownTargets, { index }: Lane): boolean {
  const { nowNs } = clock;
  if (jobs.ready.length > 0 || jobs.due.length > 0 || releases.nextNs <= nowNs) return false;
  const { endNs } = lanes;
  for (let lane = 0; lane < endNs.length; lane++) if (endNs[lane] === nowNs && lane !== index) return false;
  return true;
}
