/** What the costs of a run say to the counters of its trace file. */
import type { SegmentBegun } from "../core/events.ts";
import { costIndexOf, type Program } from "../core/program.ts";
import type { CounterCosts } from "../output/trace/counters.ts";

/** There is no counter of what the costs do not know. */
export function counterCosts(program: Program): CounterCosts {
  const { latencyNs, energyPj, offChipBytes } = program;
  return {
    knowsPower: energyPj.every((pj, i) => !Number.isNaN(pj) || !Number.isFinite(latencyNs[i])),
    trafficGBs: offChipBytes.some((bytes) => bytes > 0)
      ? (event: SegmentBegun) => trafficGBs(program, event)
      : undefined,
  };
}

/** What the costs say of the layer, at its operating point. One byte a ns is 1 GB/s. */
function trafficGBs(program: Program, event: SegmentBegun): number {
  const { acceleratorIndex, operatingPoint } = event;
  const at = costIndexOf(program, event);
  const points = program.system.accelerators[acceleratorIndex]!.operatingPoints;
  const speed = operatingPoint === undefined ? 1 : points![operatingPoint]!.speed;
  const latencyNs = program.latencyNs[at]!;
  return latencyNs === 0 ? 0 : (program.offChipBytes[at]! / latencyNs) * speed;
}
