/** Cycles and energy of layers as the MAESTRO of the XRBench artifact printed them. */
import { expect, test } from "vitest";
import { dataflowPresets } from "../../src/core/dataflows.ts";
import { maestroCostModel } from "../../src/cost/maestro.ts";
import { referenceRows, withReference } from "../shared.ts";
import { maestroEnergy } from "./one-layer.ts";

type GoldenRow = Readonly<Record<string, string>>;

function costOf({ type, K, C, Y, X, R, S, dataflow: name, num_pes, noc_bw }: GoldenRow) {
  const dataflow = dataflowPresets.find((preset) => preset.name === name!.toLowerCase())!;
  const costModel = maestroCostModel(dataflow, Number(num_pes), [Number(noc_bw)], maestroEnergy)!;
  const cost = costModel({ type: type as "CONV" | "DSCONV", K: +K!, C: +C!, Y: +Y!, X: +X!, R: +R!, S: +S! });
  return { latency_cycles: String(cost.cycles), energy: cost.energyNj.toFixed(6) };
}

withReference("maestro-golden.csv", () => {
  test("maestro gives the artifact's cycles and energy on every golden row", () => {
    const rows = referenceRows("maestro-golden.csv");
    expect(rows.length).toBe(3024);
    const differing = rows.filter((row) => {
      const { latency_cycles, energy } = costOf(row);
      return latency_cycles !== row.latency_cycles || energy !== row.energy;
    });
    expect(differing.map((row) => ({ row, ...costOf(row) })).slice(0, 5)).toEqual([]);
  });
});
