// Hot if contention is on: runs at every start and end of a layer.
/**
 * Shared-bandwidth contention: running layers share the memory's bandwidth max-min fairly. A layer that gets less than
 * it demands slows down in proportion. Adaptation: a dispatched layer demands the same bandwidth from start to end (its
 * off-chip bytes over its latency), even while activations are moved before it. The bytes and the time of a load of
 * weights are part of both.
 */
import type { Clock } from "../engine/clock.ts";
import type { Effect, EffectContext } from "../engine/effect.ts";
import type { Lane } from "../engine/lane.ts";
import type { LiveJob } from "../engine/live-job.ts";
import type { SegmentExtras } from "../records.ts";
import type { MakeEffect } from "./make-effect.ts";

export const contention: MakeEffect = (context) =>
  context.program.system.contention === "on" ? new Contention(context) : undefined;

class Contention implements Effect {
  readonly #lanes: readonly Lane[];
  readonly #endNs: Float64Array;
  readonly #clock: Clock;
  readonly #bandwidthGBs: number;
  /** Off-chip traffic of each layer, by the index of its costs. */
  readonly #offChipBytes: Float64Array;
  /** Time left to each segment at full speed, as of `sinceNs`. */
  readonly #leftNs: Float64Array;
  readonly #sinceNs: Float64Array;
  /** Whether the end is fixed, because a checkpoint is planned. */
  readonly #isFixed: Uint8Array;
  readonly #demandGBs: Float64Array;

  constructor({ program, lanes, endNs, clock }: EffectContext) {
    this.#lanes = lanes;
    this.#endNs = endNs;
    this.#clock = clock;
    this.#bandwidthGBs = program.system.memory.bandwidthGBs;
    this.#offChipBytes = program.offChipBytes;
    this.#leftNs = new Float64Array(lanes.length);
    this.#sinceNs = new Float64Array(lanes.length);
    this.#isFixed = new Uint8Array(lanes.length);
    this.#demandGBs = new Float64Array(lanes.length);
  }

  begun(lane: Lane): void {
    this.#leftNs[lane.index] = this.#endNs[lane.index]! - this.#clock.nowNs;
    this.#sinceNs[lane.index] = this.#clock.nowNs;
    this.#isFixed[lane.index] = 0;
    // Its latency already assumes the whole bandwidth.
    this.#demandGBs[lane.index] = Math.min(this.#fullDemandGBs(lane), this.#bandwidthGBs);
    this.#share();
  }

  /** Bandwidth that a layer takes at full speed; 1 GB/s is a byte per ns. */
  #fullDemandGBs(lane: Lane): number {
    const { costAt, latencyNs, workScale } = lane;
    const layerGBs = latencyNs === 0 ? 0 : (this.#offChipBytes[costAt]! * workScale) / latencyNs;
    return lane.movedBytes === 0 ? layerGBs : this.#withMoves(lane, layerGBs);
  }

  /** What the layer moves, and what is moved for it, over the time of both. */
  #withMoves({ index, beforeNs, movedBytes, movingNs }: Lane, layerGBs: number): number {
    const workNs = this.#endNs[index]! - this.#clock.nowNs - beforeNs;
    const ns = workNs + movingNs;
    return ns === 0 ? 0 : (layerGBs * workNs + movedBytes) / ns;
  }

  settle(lane: Lane): void {
    const { index } = lane;
    if (this.#isFixed[index] === 1) return;
    const elapsedNs = this.#clock.nowNs - this.#sinceNs[index]!;
    this.#leftNs[index] = this.#leftNs[index]! - elapsedNs * lane.rate;
    this.#sinceNs[index] = this.#clock.nowNs;
    if (lane.rate < 1) lane.slow(lane.rate, lane.lagNs + elapsedNs * (1 - lane.rate));
  }

  /** A layer with a planned checkpoint keeps its share until it stops; changes of the others no longer affect it. */
  stopping(lane: Lane, _job: LiveJob, stopNs: number): void {
    if (lane.rate < 1) lane.slow(lane.rate, lane.lagNs + (stopNs - this.#clock.nowNs) * (1 - lane.rate));
    this.#isFixed[lane.index] = 1;
  }

  freed(lane: Lane): void {
    this.#demandGBs[lane.index] = 0;
    this.#share();
  }

  recordOf({ lagNs }: Lane): Partial<SegmentExtras> {
    return lagNs > 0 ? { lagNs } : {};
  }

  /** Books the work so far, and plans all ends anew with the shares of the layers that run now. */
  #share(): void {
    const fairGBs = this.#fairShareGBs();
    for (let i = 0; i < this.#lanes.length; i++) {
      const lane = this.#lanes[i]!;
      if (lane.job === undefined || this.#isFixed[lane.index] === 1) continue;
      this.settle(lane);
      const demandGBs = this.#demandGBs[lane.index]!;
      const rate = demandGBs <= fairGBs ? 1 : fairGBs / demandGBs;
      if (rate !== lane.rate) lane.slow(rate, lane.lagNs);
      this.#endNs[lane.index] = this.#clock.nowNs + Math.max(0, Math.ceil(this.#leftNs[lane.index]! / lane.rate));
    }
  }

  /** Water filling: the level to which demands are cut so that they fit together. Infinity if they fit uncut. */
  #fairShareGBs(): number {
    let leftGBs = this.#bandwidthGBs;
    let demanding = 0;
    for (const demandGBs of this.#demandGBs) demanding += demandGBs > 0 ? 1 : 0;
    let levelGBs = 0;
    // Each round serves in full every demand up to an equal part. The level is found when a round serves nobody new.
    for (;;) {
      let served = 0;
      let servedGBs = 0;
      const nextGBs = demanding === 0 ? Infinity : leftGBs / demanding;
      for (const demandGBs of this.#demandGBs) {
        if (demandGBs > levelGBs && demandGBs <= nextGBs) {
          served += 1;
          servedGBs += demandGBs;
        }
      }
      if (served === 0) return nextGBs;
      demanding -= served;
      leftGBs -= servedGBs;
      levelGBs = nextGBs;
    }
  }
}
