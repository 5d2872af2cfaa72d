import type { SmallWorld } from "../../worlds.ts";

/** A world in which a scheduler, and no other, decides as written: [startNs, task, accelerator]. */
export interface Signature {
  readonly name: string;
  readonly world: SmallWorld;
  readonly starts: readonly (readonly [number, string, number])[];
}
