// Hot where times vary: every start of a layer passes here.
/** Times that vary from job to job: a layer takes the time that is drawn for it. Its energy stays; docs/semantics.md. */
import type { Effect } from "../engine/effect.ts";
import type { Lane } from "../engine/lane.ts";
import { drawnNs } from "../spread.ts";
import type { MakeEffect } from "./make-effect.ts";

export const executionVariation: MakeEffect = ({ program: { spreads, latencyNs } }, { seed }): Effect | undefined => {
  if (spreads === undefined) return undefined;
  return {
    beginning(lane: Lane): void {
      const { taskIndex, jobIndex, layerIndex } = lane.job!;
      const spread = spreads[lane.costAt];
      const nominalNs = latencyNs[lane.costAt]!;
      const isVaried = spread !== undefined;
      lane.setDrawnNs(isVaried ? drawnNs(spread, nominalNs, seed, taskIndex, jobIndex, layerIndex) : Number.NaN);
    },
  };
};
