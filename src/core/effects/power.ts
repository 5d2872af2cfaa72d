/**
 * Power of what runs, and operating points under a power cap. Adaptation: a layer starts at the fastest point that
 * keeps the power of all running layers and idle accelerators within the cap, else at the slowest; it keeps it to its
 * end. Power is a layer's energy over its latency; transfers of activations are not counted.
 */
import type { Effect } from "../engine/effect.ts";
import type { Lane } from "../engine/lane.ts";
import type { RunTotals, SegmentExtras } from "../records.ts";
import type { OperatingPoint, System } from "../system.ts";
import type { MakeEffect } from "./make-effect.ts";

/** Needed where there is something to choose, or somebody asks for the peak. */
export const power: MakeEffect = ({ program: { system }, lanes }, { meter }) => {
  const hasPoints = system.accelerators.some((accelerator) => accelerator.operatingPoints !== undefined);
  return hasPoints || meter === "on" ? new Power(system, lanes) : undefined;
};

const none: readonly OperatingPoint[] = [];

class Power implements Effect {
  #peakMw = 0;
  readonly #capMw: number;
  /** Of each accelerator. */
  readonly #points: readonly (readonly OperatingPoint[])[];
  readonly #idleMw: readonly number[];
  /** Of each lane's running layer. */
  readonly #runningMw: Float64Array;
  readonly #lanes: readonly Lane[];

  constructor(system: System, lanes: readonly Lane[]) {
    this.#capMw = system.powerCapMw ?? Infinity;
    this.#points = system.accelerators.map((accelerator) => accelerator.operatingPoints ?? none);
    this.#idleMw = system.accelerators.map((accelerator) => accelerator.idlePowerMw);
    this.#runningMw = new Float64Array(lanes.length);
    this.#lanes = lanes;
  }

  /** Chooses the operating point. */
  beginning(lane: Lane): void {
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

  /** A layer that ends does not count against one that begins at the same time. */
  ending(lane: Lane): void {
    this.#runningMw[lane.index] = 0;
  }

  freed(lane: Lane): void {
    this.#runningMw[lane.index] = 0;
  }

  /** What begins and ends within an instant has no power. */
  timePassing(): void {
    this.#peakMw = Math.max(this.#peakMw, this.#totalMw());
  }

  recordOf({ operatingPoint }: Lane): Partial<SegmentExtras> {
    return operatingPoint >= 0 ? { operatingPoint } : {};
  }

  totals(): Partial<RunTotals> {
    return { peakPowerMw: this.#peakMw };
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
