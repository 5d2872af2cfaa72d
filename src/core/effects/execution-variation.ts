// Hot where times vary or estimates are wrong: every start of a layer passes here.
/**
 * Times that are not as policies expect them: drawn from job to job, or estimated wrongly. A layer's energy stays;
 * docs/semantics.md.
 */
import type { Effect } from "../engine/effect.ts";
import type { Lane } from "../engine/lane.ts";
import { drawnNs } from "../spread.ts";
import type { MakeEffect } from "./make-effect.ts";

export const executionVariation: MakeEffect = ({ program }, { seed, estimates }): Effect | undefined => {
  const { spreads, latencyNs } = program;
  if (spreads === undefined && estimates === program) return undefined;
  return {
    beginning(lane: Lane): void {
      const { taskIndex, jobIndex, layerIndex } = lane.job!;
      const spread = spreads?.[lane.costAt];
      const nominalNs = latencyNs[lane.costAt]!;
      const isVaried = spread !== undefined;
      const ownNs = isVaried ? drawnNs(spread, nominalNs, seed, taskIndex, jobIndex, layerIndex) : nominalNs;
      lane.setTimes(ownNs, estimates.latencyNs[lane.costAt]!);
    },
  };
};
