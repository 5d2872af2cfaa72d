// Hot where power is measured: runs at every start of a layer and at every event.
/**
 * Power of all running layers and idle accelerators together. Power is a layer's energy over its latency; transfers of
 * activations are not counted. That of a layer whose energy is not known is NaN.
 */
import type { System } from "../system.ts";
import type { Lane } from "./lane.ts";

export class RunningPower {
  /** Of each lane's last layer. */
  private readonly layerMw: Float64Array;
  private readonly lanes: readonly Lane[];
  /** Of each accelerator; undefined: all are 0. */
  private readonly idleMw: readonly number[] | undefined;

  constructor({ accelerators }: System, lanes: readonly Lane[]) {
    this.layerMw = new Float64Array(lanes.length);
    this.lanes = lanes;
    const idleMw = accelerators.map(({ idlePowerMw }) => idlePowerMw);
    this.idleMw = idleMw.some((mw) => mw !== 0) ? idleMw : undefined;
  }

  begun(lane: Lane): void {
    this.layerMw[lane.index] = lane.powerMw(lane.speed, lane.energyFactor);
  }

  /** The layer of a lane that has not been freed counts no longer. */
  ended(lane: Lane): void {
    this.layerMw[lane.index] = 0;
  }

  totalMw(): number {
    const { lanes, layerMw } = this;
    let totalMw = 0;
    for (let lane = 0; lane < lanes.length; lane++) if (lanes[lane]!.job !== undefined) totalMw += layerMw[lane]!;
    return this.idleMw === undefined ? totalMw : this.withIdle(totalMw, this.idleMw);
  }

  private withIdle(runningMw: number, idleMw: readonly number[]): number {
    let totalMw = runningMw;
    for (let a = 0; a < idleMw.length; a++) if (!this.isBusy(a)) totalMw += idleMw[a]!;
    return totalMw;
  }

  private isBusy(acceleratorIndex: number): boolean {
    for (let i = 0; i < this.lanes.length; i++) {
      const lane = this.lanes[i]!;
      if (lane.acceleratorIndex === acceleratorIndex && lane.job !== undefined) return true;
    }
    return false;
  }
}
