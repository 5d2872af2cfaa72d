// Hot: at every end of a layer of a policy whose decisions are known.
/** Where a job would run, as a policy says of its `decide`. */
import type { Clock } from "../engine/clock.ts";
import type { Lanes } from "../engine/lanes.ts";
import type { LiveJob } from "../engine/live-job.ts";
import { NOWHERE, type Pins } from "../engine/pinned-lists.ts";
import type { Program } from "../program.ts";
import type { AcceleratorView, IdleView, KnownDecide, ReadyJob } from "../scheduler.ts";
import { IdleLists } from "./idle-lists.ts";
import { nameOf, type PolicyCalls } from "./policy-calls.ts";

/** What places depend on. */
export interface PlaceTargets {
  readonly program: Program;
  readonly clock: Clock;
  readonly accelerators: readonly AcceleratorView[];
  readonly lanes: Lanes;
  readonly calls: PolicyCalls;
}

export class KnownPlaces {
  /** undefined: tasks are not pinned. */
  readonly pins: Pins | undefined;
  private readonly layers: number;
  /** undefined: where the layers end first. */
  private readonly place: KnownDecide["place"];
  private readonly isComplete: boolean;
  private readonly view: PlaceView;
  private readonly targets: PlaceTargets;

  constructor(known: KnownDecide, targets: PlaceTargets) {
    this.layers = known.layers;
    this.place = known.place?.bind(known);
    this.pins = known.pinnedTo && targets.calls.pins(known.pinnedTo.bind(known), targets.accelerators);
    this.view = new PlaceView(targets);
    this.targets = targets;
    this.isComplete = targets.program.isComplete;
  }

  /** Index of a job's accelerator, among the idle ones and one that gets idle now (NOWHERE: none does); NOWHERE: it has none. */
  of(job: LiveJob, freed: number): number {
    if (this.pins !== undefined) return this.pinned(job, freed, this.pins);
    return this.place === undefined ? this.soonest(job, freed) : this.placed(job, freed, this.place);
  }

  /** The same, if that is the only accelerator for it. */
  here({ handle }: LiveJob, index: number): number {
    return handle.latencyNs(this.targets.accelerators[index]!) < Infinity ? index : NOWHERE;
  }

  private pinned({ taskIndex, handle }: LiveJob, freed: number, pins: Pins): number {
    const index = pins[taskIndex]!;
    if (index === NOWHERE || (this.targets.lanes.freeUnits[index] === 0 && index !== freed)) return NOWHERE;
    if (!(this.isComplete || this.canRun(handle, this.targets.accelerators[index]!))) this.fail(handle);
    return index;
  }

  private soonest({ handle }: LiveJob, freed: number): number {
    const { layers } = this;
    const { accelerators, lanes } = this.targets;
    const { freeUnits } = lanes;
    let best = NOWHERE;
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

  private placed({ handle }: LiveJob, freed: number, place: NonNullable<KnownDecide["place"]>): number {
    const { accelerators, lanes, calls } = this.targets;
    this.view.look(freed);
    const accelerator = calls.place(place, this.view, handle);
    if (accelerator === undefined) return NOWHERE;
    const { index } = accelerator;
    const isIdle = accelerators[index] === accelerator && (lanes.freeUnits[index]! > 0 || index === freed);
    if (!isIdle || !(this.isComplete || this.canRun(handle, accelerator))) this.fail(handle);
    return index;
  }

  private canRun(job: ReadyJob, accelerator: AcceleratorView): boolean {
    return job.blockNs(this.layers, accelerator) < Infinity;
  }

  private fail(job: ReadyJob): never {
    this.targets.calls.fail(`places ${nameOf(job)} on an accelerator that is not idle or cannot run it`);
  }
}

/** What a policy sees when it places a job. */
class PlaceView implements IdleView {
  nowNs = Number.NaN;
  idleAccelerators!: IdleView["idleAccelerators"];
  private readonly clock: Clock;
  private readonly lanes: Lanes;
  private readonly idleLists: IdleLists;

  constructor({ clock, lanes, accelerators }: PlaceTargets) {
    this.clock = clock;
    this.lanes = lanes;
    this.idleLists = new IdleLists(accelerators);
  }

  /** Brings it up to now. `freed` is the index of an accelerator that counts as idle. */
  look(freed: number): void {
    this.nowNs = this.clock.nowNs;
    this.idleAccelerators = this.idleLists.idle(this.lanes.freeUnits, freed) as IdleView["idleAccelerators"];
  }
}
