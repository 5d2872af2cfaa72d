/** What policies believe of latencies, where a system's estimates are wrong: docs/semantics.md#wrong-estimates. */
import { emptyRows, fillVariant, type VariantWhole } from "./cost-rows.ts";
import { purpose, uniform } from "./draws.ts";
import { isolatedNs, type Program, type TaskProgram } from "./program.ts";

/** The program as policies see it; the very program where estimates are right. */
export function estimatesOf(program: Program, seed: number): Program {
  const { estimateError = 0 } = program.system;
  if (estimateError === 0) return program;
  const { columns, fullColumn, branches, meanLatencyNs } = program;
  const rows = emptyRows(meanLatencyNs.length, columns, fullColumn);
  const known = new Map<number, readonly VariantWhole[]>();
  const wholesOf = (task: TaskProgram, taskIndex: number): readonly VariantWhole[] => {
    const wholes = task.firstRow.map((firstRow, variantIndex) => {
      const layers = task.endRow[variantIndex]! - firstRow;
      // Tasks of one model share its rows, and the factors of the first of them.
      const factors = factorsOf(program, estimateError, seed, taskIndex, variantIndex);
      return fillVariant(rows, branches, firstRow, wrongCosts(program, firstRow, layers, factors));
    });
    known.set(task.firstRow[0]!, wholes);
    return wholes;
  };
  const tasks = program.tasks.map((task, taskIndex): TaskProgram => {
    const wholes = known.get(task.firstRow[0]!) ?? wholesOf(task, taskIndex);
    return {
      ...task,
      wholeNs: wholes.map(({ ns }) => ns),
      isolatedNs: wholes.map((whole) => isolatedNs(fullColumn, whole)),
    };
  });
  return { ...program, ...rows, tasks };
}

/** By column: one factor for each accelerator, whatever the layer and the number of units. */
function factorsOf({ units }: Program, error: number, seed: number, taskIndex: number, variantIndex: number): number[] {
  return Array.from(units).flatMap((n, acceleratorIndex) => {
    const u = uniform(seed, taskIndex, variantIndex, purpose.estimate, acceleratorIndex);
    return new Array<number>(n).fill(1 + error * (2 * u - 1));
  });
}

function wrongCosts(program: Program, firstRow: number, layers: number, factors: readonly number[]) {
  const { columns, latencyNs, energyPj, tiles, offChipBytes, boundaryBytes, liveBytes } = program;
  const perColumn = (values: Float64Array) => values.subarray(firstRow * columns, (firstRow + layers) * columns);
  const perRow = (values: Float64Array) => values.subarray(firstRow, firstRow + layers);
  return {
    layers,
    latencyNs: perColumn(latencyNs).map((ns, at) => Math.round(ns * factors[at % columns]!)),
    energyPj: perColumn(energyPj),
    tiles: perColumn(tiles),
    offChipBytes: perColumn(offChipBytes),
    boundaryBytes: perRow(boundaryBytes),
    liveBytes: perRow(liveBytes),
  };
}
