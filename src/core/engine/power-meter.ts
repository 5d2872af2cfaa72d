// Hot where the peak power is measured.
/** Measures the peak power of a run. It only watches: it is no effect, so that a measured run is as fast as one without effects. */
import type { System } from "../system.ts";
import type { Lane } from "./lane.ts";
import { RunningPower } from "./running-power.ts";

export class PowerMeter {
  /** Highest power so far; NaN: a layer of unknown energy ran. */
  peakMw = 0;
  private readonly power: RunningPower;

  constructor(system: System, lanes: readonly Lane[]) {
    this.power = new RunningPower(system, lanes);
  }

  begun(lane: Lane): void {
    this.power.begun(lane);
  }

  /** The clock is about to advance. Work that begins and ends within an instant has no power. */
  timePassing(): void {
    this.peakMw = Math.max(this.peakMw, this.power.totalMw());
  }
}
