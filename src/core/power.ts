/**
 * Power of what runs, and operating points under a power cap (design section 8). Adaptation: a layer starts at the
 * fastest point that keeps the power of all running layers and idle accelerators within the cap, else at the slowest;
 * it keeps it to its end. Power is a layer's energy over its latency; transfers of activations are not counted.
 */
import type { Lane } from "./lane.ts";
import type { Program } from "./program.ts";
import type { OperatingPoint } from "./system.ts";

const none: readonly OperatingPoint[] = [];

export class Power {
  peakMw = 0;
  readonly #capMw: number;
  readonly #points: readonly (readonly OperatingPoint[])[];
  readonly #idleMw: readonly number[];
  /** Of each lane's running layer. */
  readonly #runningMw: Float64Array;
  readonly #lanes: readonly Lane[];

  constructor({ system }: Program, lanes: readonly Lane[]) {
    this.#capMw = system.powerCapMw ?? Infinity;
    this.#points = system.accelerators.map((accelerator) => accelerator.operatingPoints ?? none);
    this.#idleMw = system.accelerators.map((accelerator) => accelerator.idlePowerMw);
    this.#runningMw = new Float64Array(lanes.length);
    this.#lanes = lanes;
  }

  /** Sets the operating point of a layer that is about to begin on a lane. */
  choose(lane: Lane): void {
    const points = this.#points[lane.acceleratorIndex]!;
    if (points.length === 0) return;
    this.#runningMw[lane.index] = 0;
    const roomMw = this.#capMw - this.#totalMw();
    const fitting = points.findIndex(({ speed, energyFactor }) => lane.powerMw(speed, energyFactor) <= roomMw);
    const index = fitting < 0 ? points.length - 1 : fitting;
    lane.setOperatingPoint(index, points[index]!);
  }

  begun(lane: Lane): void {
    this.#runningMw[lane.index] = lane.powerMw(lane.speed, lane.energyFactor);
  }

  ended(lane: Lane): void {
    this.#runningMw[lane.index] = 0;
  }

  /** Called before the clock moves on: what begins and ends within an instant has no power. */
  measure(): void {
    this.peakMw = Math.max(this.peakMw, this.#totalMw());
  }

  #totalMw(): number {
    let totalMw = 0;
    for (const powerMw of this.#runningMw) totalMw += powerMw;
    for (let a = 0; a < this.#idleMw.length; a++) if (!this.#isBusy(a)) totalMw += this.#idleMw[a]!;
    return totalMw;
  }

  #isBusy(acceleratorIndex: number): boolean {
    return this.#lanes.some((lane) => lane.acceleratorIndex === acceleratorIndex && lane.job !== undefined);
  }
}
