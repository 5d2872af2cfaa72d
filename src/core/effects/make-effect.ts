/** How an effect comes into a run. */
import type { Effect, EffectContext } from "../engine/effect.ts";
import type { Program } from "../program.ts";

export interface EffectOptions {
  /** Whether the peak power is measured. */
  readonly meter: "on" | "off";
  /** The program as policies see it. */
  readonly estimates: Program;
  /** Of the run's draws. */
  readonly seed: number;
}

/** Makes an effect for one run; undefined where the system (or whoever runs it) does not ask for it. */
export type MakeEffect = (context: EffectContext, options: EffectOptions) => Effect | undefined;
