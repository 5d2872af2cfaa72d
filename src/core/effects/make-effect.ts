/** How a run gets its effects. */
import type { Effect, EffectContext } from "../engine/effect.ts";

export interface EffectOptions {
  /** Whether the peak power is measured. */
  readonly meter: "on" | "off";
}

/** Makes an effect for one run; undefined if neither the system nor the caller needs it. */
export type MakeEffect = (context: EffectContext, options: EffectOptions) => Effect | undefined;
