// Hot if power is measured: runs at every start and end of a layer.
/**
 * Power of running layers, and operating points under a power cap. Adaptation: a layer starts at the fastest point that
 * keeps the power of all running layers and idle accelerators within the cap, else at the slowest. It keeps this point
 * to its end. Power is a layer's energy over its latency; transfers of activations are not counted.
 * The power of a layer whose energy is not known is NaN, and so is the peak. A cap needs energies (unsupported.ts).
 */
import type { Effect } from "../engine/effect.ts";
import type { Lane } from "../engine/lane.ts";
import type { RunTotals, SegmentExtras } from "../records.ts";
import type { OperatingPoint, System } from "../system.ts";
import type { MakeEffect } from "./make-effect.ts";

/** Needed if there are operating points to choose from, or the peak is measured. */
export const power: MakeEffect = ({ program: { system }, lanes }, { meter }) => {
  const hasPoints = system.accelerators.some((accelerator) => accelerator.operatingPoints !== undefined);
  if (hasPoints) return new OperatingPoints(system, lanes);
  return meter === "on" ? new PowerMeter(system, lanes) : undefined;
};

/** The power of all running layers, and its peak. */
class PowerMeter implements Effect {
  /** Of each lane's running layer. */
  protected readonly runningMw: Float64Array;
  readonly #lanes: readonly Lane[];
  /** Of each accelerator. */
  readonly #idleMw: readonly number[];
  #peakMw = 0;

  constructor(system: System, lanes: readonly Lane[]) {
    this.runningMw = new Float64Array(lanes.length);
    this.#lanes = lanes;
    this.#idleMw = system.accelerators.map((accelerator) => accelerator.idlePowerMw);
  }

  begun(lane: Lane): void {
    this.runningMw[lane.index] = lane.powerMw(lane.speed, lane.energyFactor);
  }

  /** A layer that ends does not count against one that begins at the same time. */
  ending(lane: Lane): void {
    this.runningMw[lane.index] = 0;
  }

  freed(lane: Lane): void {
    this.runningMw[lane.index] = 0;
  }

  /** Work that begins and ends within an instant has no power. */
  timePassing(): void {
    this.#peakMw = Math.max(this.#peakMw, this.totalMw());
  }

  totals(): Partial<RunTotals> {
    return { peakPowerMw: this.#peakMw };
  }

  protected totalMw(): number {
    let totalMw = 0;
    for (let lane = 0; lane < this.runningMw.length; lane++) totalMw += this.runningMw[lane]!;
    for (let a = 0; a < this.#idleMw.length; a++) if (!this.#isBusy(a)) totalMw += this.#idleMw[a]!;
    return totalMw;
  }

  #isBusy(acceleratorIndex: number): boolean {
    for (let i = 0; i < this.#lanes.length; i++) {
      const lane = this.#lanes[i]!;
      if (lane.acceleratorIndex === acceleratorIndex && lane.job !== undefined) return true;
    }
    return false;
  }
}

const powerAt = ({ speed, energyFactor }: OperatingPoint, lane: Lane): number => lane.powerMw(speed, energyFactor);

const none: readonly OperatingPoint[] = [];

/** Chooses the operating point of each layer by the power of the others. */
class OperatingPoints extends PowerMeter {
  readonly #capMw: number;
  /** Of each accelerator. */
  readonly #points: readonly (readonly OperatingPoint[])[];

  constructor(system: System, lanes: readonly Lane[]) {
    super(system, lanes);
    this.#capMw = system.powerCapMw ?? Infinity;
    this.#points = system.accelerators.map((accelerator) => accelerator.operatingPoints ?? none);
  }

  beginning(lane: Lane): void {
    const points = this.#points[lane.acceleratorIndex]!;
    if (points.length === 0) return;
    this.runningMw[lane.index] = 0;
    // Without a cap nothing is asked about power, which need not be known then.
    const slowest = this.#capMw === Infinity ? 0 : points.length - 1;
    const roomMw = this.#capMw - this.totalMw();
    let index = 0;
    while (index < slowest && !(powerAt(points[index]!, lane) <= roomMw)) index += 1;
    lane.setOperatingPoint(index, points[index]!);
  }

  recordOf({ operatingPoint }: Lane): Partial<SegmentExtras> {
    return operatingPoint >= 0 ? { operatingPoint } : {};
  }
}
