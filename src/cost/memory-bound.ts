/**
 * Cost of a layer that only moves data, the same for `maestro` and `data-centric`.
 * Adaptation: MAESTRO has no such layers. Here each element crosses the outermost NoC once, in or out, and is one
 * access of the global buffer.
 */
import type { MemoryLayer } from "../core/layer.ts";
import type { AnalyticCosts } from "../core/system.ts";
import { bandwidthAt } from "./dataflow.ts";

export interface MemoryBoundCost {
  readonly cycles: number;
  readonly energyPj: number;
  readonly movedElements: number;
}

export function memoryBoundCostModel(
  clockGHz: number,
  costs: AnalyticCosts,
): (layer: MemoryLayer, bytesPerElement: number) => MemoryBoundCost {
  const bandwidth = outermostBandwidth(costs);
  const offChip = costs.kind === "data-centric" ? costs.offChip : undefined;
  return (layer, bytesPerElement) => {
    const movedElements = layer.inputElements + layer.outputElements;
    const bytes = movedElements * bytesPerElement;
    const onChipCycles = Math.ceil(movedElements / bandwidth);
    const offChipCycles = offChip === undefined ? 0 : Math.ceil((bytes / offChip.bandwidthGBs) * clockGHz);
    return {
      cycles: Math.max(onChipCycles, offChipCycles),
      energyPj: movedElements * costs.energy.l2Pj + bytes * (offChip?.energyPjPerByte ?? 0),
      movedElements,
    };
  };
}

/** Elements per cycle; `maestro` reads the list from the innermost level (Q10 of docs/references.md#maestro-quirks). */
function outermostBandwidth({ kind, dataflow, nocElementsPerCycle }: AnalyticCosts): number {
  const clusters = dataflow.directives.filter((directive) => directive.kind === "cluster").length;
  return bandwidthAt(nocElementsPerCycle, kind === "maestro" ? clusters : 0);
}
