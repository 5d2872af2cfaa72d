// Hot if a system has effects: several hooks per layer.
/**
 * Calls the effects of a run in order, each only for the hooks that it has. Loops go by index, because loops over an
 * iterator take too much bytecode to be inlined.
 */
import type { Clock } from "./clock.ts";
import type { Effect } from "./effect.ts";
import type { Lane } from "./lane.ts";
import type { LiveJob } from "./live-job.ts";

type With<Hook extends keyof Effect> = Effect & Required<Pick<Effect, Hook>>;

export class EffectHooks {
  private readonly onDispatched: readonly With<"dispatched">[];
  private readonly onBeginning: readonly With<"beginning">[];
  private readonly onBegun: readonly With<"begun">[];
  private readonly onSettle: readonly With<"settle">[];
  private readonly onStopping: readonly With<"stopping">[];
  private readonly onStopped: readonly With<"stopped">[];
  private readonly onEnding: readonly With<"ending">[];
  private readonly onFreed: readonly With<"freed">[];
  private readonly onMoveNs: readonly With<"moveNs">[];
  private readonly onMovePj: readonly With<"movePj">[];

  constructor(effects: readonly Effect[]) {
    this.onDispatched = having(effects, "dispatched");
    this.onBeginning = having(effects, "beginning");
    this.onBegun = having(effects, "begun");
    this.onSettle = having(effects, "settle");
    this.onStopping = having(effects, "stopping");
    this.onStopped = having(effects, "stopped");
    this.onEnding = having(effects, "ending");
    this.onFreed = having(effects, "freed");
    this.onMoveNs = having(effects, "moveNs");
    this.onMovePj = having(effects, "movePj");
  }

  dispatched(lane: Lane, job: LiveJob): void {
    for (let i = 0; i < this.onDispatched.length; i++) this.onDispatched[i]!.dispatched(lane, job);
  }

  beginning(lane: Lane): void {
    for (let i = 0; i < this.onBeginning.length; i++) this.onBeginning[i]!.beginning(lane);
  }

  begun(lane: Lane): void {
    for (let i = 0; i < this.onBegun.length; i++) this.onBegun[i]!.begun(lane);
  }

  settle(lane: Lane): void {
    for (let i = 0; i < this.onSettle.length; i++) this.onSettle[i]!.settle(lane);
  }

  stopping(lane: Lane, job: LiveJob, stopNs: number): void {
    for (let i = 0; i < this.onStopping.length; i++) this.onStopping[i]!.stopping(lane, job, stopNs);
  }

  stopped(lane: Lane, job: LiveJob): void {
    for (let i = 0; i < this.onStopped.length; i++) this.onStopped[i]!.stopped(lane, job);
  }

  /** Tells the effects which segments end now. */
  endDue(lanes: readonly Lane[], endNs: Float64Array, { nowNs }: Clock): void {
    if (this.onEnding.length === 0) return;
    for (let index = 0; index < lanes.length; index++) if (endNs[index] === nowNs) this.ending(lanes[index]!);
  }

  private ending(lane: Lane): void {
    for (let i = 0; i < this.onEnding.length; i++) this.onEnding[i]!.ending(lane);
  }

  freed(lane: Lane, job: LiveJob): void {
    for (let i = 0; i < this.onFreed.length; i++) this.onFreed[i]!.freed(lane, job);
  }

  moveNs(job: LiveJob, acceleratorIndex: number): number {
    let ns = 0;
    for (let i = 0; i < this.onMoveNs.length; i++) ns += this.onMoveNs[i]!.moveNs(job, acceleratorIndex);
    return ns;
  }

  movePj(job: LiveJob, acceleratorIndex: number): number {
    let pj = 0;
    for (let i = 0; i < this.onMovePj.length; i++) pj += this.onMovePj[i]!.movePj(job, acceleratorIndex);
    return pj;
  }
}

function having<Hook extends keyof Effect>(effects: readonly Effect[], hook: Hook): readonly With<Hook>[] {
  return effects.filter((effect): effect is With<Hook> => effect[hook] !== undefined);
}
