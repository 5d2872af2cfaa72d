// Hot if a system has operating points: runs at every start and end of a layer.
/**
 * Operating points under a power cap. Adaptation: a layer starts at the fastest point that keeps the power of all running
 * layers and idle accelerators within the cap, else at the slowest. It keeps this point to its end. A cap needs energies
 * (unsupported.ts).
 */
import type { Effect } from "../engine/effect.ts";
import type { Lane } from "../engine/lane.ts";
import { RunningPower } from "../engine/running-power.ts";
import type { SegmentExtras } from "../records.ts";
import type { OperatingPoint, System } from "../system.ts";
import type { MakeEffect } from "./make-effect.ts";

export const operatingPoints: MakeEffect = ({ program: { system }, lanes }) => {
  const isNeeded = system.accelerators.some((accelerator) => accelerator.operatingPoints !== undefined);
  return isNeeded ? new OperatingPoints(system, lanes) : undefined;
};

const powerAt = ({ speed, energyFactor }: OperatingPoint, lane: Lane): number => lane.powerMw(speed, energyFactor);

const none: readonly OperatingPoint[] = [];

/** Chooses the operating point of each layer by the power of the others. */
class OperatingPoints implements Effect {
  readonly #power: RunningPower;
  readonly #capMw: number;
  /** Of each accelerator. */
  readonly #points: readonly (readonly OperatingPoint[])[];

  constructor(system: System, lanes: readonly Lane[]) {
    this.#power = new RunningPower(system, lanes);
    this.#capMw = system.powerCapMw ?? Infinity;
    this.#points = system.accelerators.map((accelerator) => accelerator.operatingPoints ?? none);
  }

  beginning(lane: Lane): void {
    const points = this.#points[lane.acceleratorIndex]!;
    if (points.length === 0) return;
    this.#power.ended(lane);
    // Without a cap nothing is asked about power, which need not be known then.
    const slowest = this.#capMw === Infinity ? 0 : points.length - 1;
    const roomMw = this.#capMw - this.#power.totalMw();
    let index = 0;
    while (index < slowest && !(powerAt(points[index]!, lane) <= roomMw)) index += 1;
    lane.setOperatingPoint(index, points[index]!);
  }

  begun(lane: Lane): void {
    this.#power.begun(lane);
  }

  /** A layer that ends does not count against one that begins at the same time. */
  ending(lane: Lane): void {
    this.#power.ended(lane);
  }

  recordOf({ operatingPoint }: Lane): Partial<SegmentExtras> {
    return operatingPoint >= 0 ? { operatingPoint } : {};
  }
}
