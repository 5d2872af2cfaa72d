/** How a run gets its effects. */
import type { Effect, EffectContext } from "../engine/effect.ts";
import type { Program } from "../program.ts";

export interface EffectOptions {
  /** The program as policies see it. */
  readonly estimates: Program;
  /** Of the run's draws. */
  readonly seed: number;
}

/** Makes an effect for one run; undefined if neither the system nor the caller needs it. */
export type MakeEffect = (context: EffectContext, options: EffectOptions) => Effect | undefined;
