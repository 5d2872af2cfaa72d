/** Tables of properties that only some accelerators have. Output leaves out a table without rows. */
import type { System } from "../core/system.ts";
import type { Block } from "../output/description.ts";
import { nothing, significant } from "../output/number-text.ts";
import { left, right } from "../output/text-table.ts";
import { shortNumber } from "./short-figures.ts";

export function systolicTable({ accelerators }: System): Block {
  const numbers = ["accumulators", "DRAM cycles", "DRAM pJ/byte", "weights kB"];
  return {
    kind: "table",
    title: "Systolic arrays (PEs of a unit, accumulator depth, DRAM latency, weight buffer)",
    columns: [left("accelerator"), left("rows x columns"), ...numbers.map(right)],
    rows: accelerators.flatMap(({ id, costs }) => {
      if (costs.kind !== "systolic") return [];
      const { array, accumulatorDepth, dramLatencyCycles, weightBufferBytes, offChip } = costs;
      const weights = weightBufferBytes === undefined ? nothing : significant(weightBufferBytes / 1000);
      const figures = [accumulatorDepth, dramLatencyCycles, offChip.energyPjPerByte].map(shortNumber);
      return [[id, `${array.rows} x ${array.columns}`, ...figures, weights]];
    }),
  };
}

export function operatingPointTable({ accelerators }: System): Block {
  return {
    kind: "table",
    title: "Operating points (latency / speed, energy x factor)",
    columns: [left("accelerator"), left("point"), right("speed"), right("energy")],
    rows: accelerators.flatMap(({ id, operatingPoints = [] }) =>
      operatingPoints.map(({ name, speed, energyFactor }) => [id, name, shortNumber(speed), shortNumber(energyFactor)]),
    ),
  };
}

export function titleTable({ accelerators }: System): Block {
  return {
    kind: "table",
    title: "Titles",
    columns: [left("accelerator"), left("title")],
    rows: accelerators.flatMap(({ id, title }) => (title === undefined ? [] : [[id, title]])),
  };
}
