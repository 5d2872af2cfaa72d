// Hot where a system has effects: several hooks a layer.
/** Asks the effects of a run, in order, each only for the hooks that it has. */
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
  private readonly onTimePassing: readonly With<"timePassing">[];

  constructor(effects: readonly Effect[]) {
    this.onDispatched = having(effects, "dispatched");
    this.onBeginning = having(effects, "beginning");
    this.onBegun = having(effects, "begun");
    this.onSettle = having(effects, "settle");
    this.onStopping = having(effects, "stopping");
    this.onStopped = having(effects, "stopped");
    this.onEnding = having(effects, "ending");
    this.onFreed = having(effects, "freed");
    this.onTimePassing = having(effects, "timePassing");
  }

  dispatched(lane: Lane, job: LiveJob): void {
    for (const effect of this.onDispatched) effect.dispatched(lane, job);
  }

  beginning(lane: Lane): void {
    for (const effect of this.onBeginning) effect.beginning(lane);
  }

  begun(lane: Lane): void {
    for (const effect of this.onBegun) effect.begun(lane);
  }

  settle(lane: Lane): void {
    for (const effect of this.onSettle) effect.settle(lane);
  }

  stopping(lane: Lane, job: LiveJob, stopNs: number): void {
    for (const effect of this.onStopping) effect.stopping(lane, job, stopNs);
  }

  stopped(lane: Lane, job: LiveJob): void {
    for (const effect of this.onStopped) effect.stopped(lane, job);
  }

  /** Says which segments end now. */
  endDue(lanes: readonly Lane[], endNs: Float64Array, { nowNs }: Clock): void {
    if (this.onEnding.length === 0) return;
    for (const lane of lanes) {
      if (endNs[lane.index] !== nowNs) continue;
      for (const effect of this.onEnding) effect.ending(lane);
    }
  }

  freed(lane: Lane): void {
    for (const effect of this.onFreed) effect.freed(lane);
  }

  timePassing(): void {
    for (const effect of this.onTimePassing) effect.timePassing();
  }
}

function having<Hook extends keyof Effect>(effects: readonly Effect[], hook: Hook): readonly With<Hook>[] {
  return effects.filter((effect): effect is With<Hook> => effect[hook] !== undefined);
}
