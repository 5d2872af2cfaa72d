/** Systolic accelerators and matrix products, for tests. */
import { ws } from "../../src/core/dataflows.ts";
import { type ConvolutionSizes, convolution } from "../../src/core/layer.ts";
import type { Accelerator, SystolicCosts } from "../../src/core/system.ts";
import { analyticAccelerator } from "./worlds.ts";

type Systolic = Omit<Accelerator, "costs"> & { readonly costs: SystolicCosts };

/** `rows` x `columns` PEs a unit; plenty of bandwidth, round energies. */
export function systolic(
  [rows, columns, accumulatorDepth]: readonly [number, number, number],
  costs: Partial<SystolicCosts> = {},
  changes: Partial<Accelerator> = {},
): Systolic {
  const { units = 1 } = changes;
  return {
    ...analyticAccelerator(ws),
    pes: rows * columns * units,
    ...changes,
    costs: {
      kind: "systolic",
      array: { rows, columns },
      accumulatorDepth,
      offChip: { bandwidthGBs: 1e6, energyPjPerByte: 1000 },
      dramLatencyCycles: 0,
      energy: { macPj: 1, l1Pj: 10, l2Pj: 100 },
      ...costs,
    },
  };
}

/** m x k weights, n output positions. */
export const product = (m: number, k: number, n: number, sizes: Partial<ConvolutionSizes> = {}) =>
  convolution({ name: "gemm", outputChannels: m, inputChannels: k, outputRows: n, outputColumns: 1, ...sizes });
