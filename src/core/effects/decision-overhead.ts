/** The time that an accelerator waits for each decision. Layers that are dispatched together wait once. */
import type { Effect } from "../engine/effect.ts";
import type { Lane } from "../engine/lane.ts";
import type { MakeEffect } from "./make-effect.ts";

export const decisionOverhead: MakeEffect = ({ program }): Effect | undefined => {
  const { decisionOverheadNs = 0 } = program.system;
  if (decisionOverheadNs === 0) return undefined;
  return {
    dispatched(lane: Lane): void {
      lane.addBefore(decisionOverheadNs, 0);
    },
    recordOf: (lane: Lane) => (lane.isContinuing ? {} : { overheadNs: decisionOverheadNs }),
  };
};
