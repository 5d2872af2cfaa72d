/** What a policy sees of an accelerator. */
import type { Lanes } from "../engine/lanes.ts";
import type { AcceleratorView } from "../scheduler.ts";
import type { Accelerator } from "../system.ts";

export class AcceleratorHandle implements AcceleratorView {
  readonly index: number;
  readonly id: string;
  readonly units: number;
  readonly canCheckpoint: boolean;
  readonly canKill: boolean;
  readonly #lanes: Lanes;

  constructor(index: number, accelerator: Accelerator, lanes: Lanes) {
    this.index = index;
    this.id = accelerator.id;
    this.units = accelerator.units;
    this.canCheckpoint = accelerator.preemption.includes("checkpoint");
    this.canKill = accelerator.preemption.includes("kill");
    this.#lanes = lanes;
  }

  get freeUnits(): number {
    return this.#lanes.freeUnits[this.index]!;
  }
}
