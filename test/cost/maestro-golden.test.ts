import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { dataflowPresets } from "../../src/core/dataflows.ts";
import { maestroCostModel } from "../../src/cost/maestro.ts";
import { maestroEnergy } from "./one-layer.ts";

const goldenFile = fileURLToPath(new URL("../../../shared/reference/maestro-golden.csv", import.meta.url));
const isThere = existsSync(goldenFile);
if (!isThere) console.warn(`skipped: ${goldenFile} is not there, so costs are not compared with the artifact's`);

interface GoldenRow {
  readonly text: string;
  readonly columns: readonly string[];
}

function goldenRows(): GoldenRow[] {
  const lines = readFileSync(goldenFile, "utf8").trim().split("\n").slice(1);
  return lines.map((text) => ({ text, columns: text.split(",") }));
}

function costOf({ columns }: GoldenRow): { cycles: string; energy: string } {
  const [, , type, , K, C, Y, X, R, S, name, pes, bandwidth] = columns;
  const dataflow = dataflowPresets.find((preset) => preset.name === name!.toLowerCase())!;
  const costModel = maestroCostModel(dataflow, Number(pes), [Number(bandwidth)], maestroEnergy)!;
  const cost = costModel({ type: type as "CONV" | "DSCONV", K: +K!, C: +C!, Y: +Y!, X: +X!, R: +R!, S: +S! });
  return { cycles: String(cost.cycles), energy: cost.energyNj.toFixed(6) };
}

test.skipIf(!isThere)("maestro gives the artifact's cycles and energy on every golden row", () => {
  const rows = goldenRows();
  expect(rows.length).toBe(3024);
  const differing = rows.filter((row) => {
    const cost = costOf(row);
    return cost.cycles !== row.columns[13] || cost.energy !== row.columns[14];
  });
  expect(differing.map((row) => ({ row: row.text, ...costOf(row) })).slice(0, 5)).toEqual([]);
});
