/** What layers move from and to off-chip memory: their tensors, without padding, and again only what does not fit. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dataflowPresets, ws } from "../../src/core/dataflows.ts";
import { type ConvolutionLayer, convolution } from "../../src/core/layer.ts";
import type { AnalyticAccelerator } from "../../src/cost/layer-cost.ts";
import { propertyRuns } from "../property-runs.ts";
import { modelOf } from "../scenario/one-model.ts";
import { withCase } from "../shared.ts";
import { layerCost } from "./one-layer.ts";
import { anyDataflows, paddedConvolutions } from "./random-layers.ts";
import { systolic } from "./systolic-accelerator.ts";
import { analyticAccelerator, inlineDataflow } from "./worlds.ts";

const offChip = { bandwidthGBs: 1, energyPjPerByte: 1 };
const oneAtATime = inlineDataflow("TemporalMap(1,1) K", "SpatialMap(1,1) X'");

/** Both models on an accelerator with so many bytes of buffer. */
const accelerators = (globalBufferBytes: number, dataflow = ws): readonly AnalyticAccelerator[] => [
  analyticAccelerator(dataflow, { pes: 4096, globalBufferBytes }, { offChip }),
  systolic([4, 4, 8], { offChip }, { globalBufferBytes }),
];

const bytesOn = (layer: ConvolutionLayer, globalBufferBytes: number): readonly number[] =>
  accelerators(globalBufferBytes).map((accelerator) => layerCost(layer, accelerator, 1)!.offChipBytes!);

const layerIn = (fields: string, input: string): ConvolutionLayer =>
  modelOf(`name: net\ninput: ${input}\nlayers: [{ type: ${fields} }]\n`).variants[0]!.layers[0] as ConvolutionLayer;

describe("a layer whose tensors fit", () => {
  test.each([
    ["padding is no traffic: 2 x 9 + 2 x 9 + 2 x 9", "depthwise-conv, kernel: 3", "[2, 3, 3]", 54],
    ["zeros around a 1 x 1 filter are none either: 9 + 1 + 25", "conv, out: 1, kernel: 1, padding: 1", "[1, 3, 3]", 35],
    [
      "a dilated filter spans all it steps over: 25 + 9 + 1",
      "conv, out: 1, kernel: 3, dilation: 2, padding: valid",
      "[1, 5, 5]",
      35,
    ],
    [
      "of a rest that no filter reaches, too, the tensor is read: 36 + 9 + 4",
      "conv, out: 1, kernel: 3, stride: 2, padding: valid",
      "[1, 6, 6]",
      49,
    ],
    ["groups share out the channels: 4 x 4 + 4 x 2 + 4 x 4", "conv, out: 4, kernel: 1, groups: 2", "[4, 2, 2]", 40],
  ])("%s", (_why, fields, input, bytes) => {
    expect(bytesOn(layerIn(fields, input), Infinity)).toEqual([bytes, bytes]);
  });
  test("moves a batch of activations, and its weights once", () => {
    const layer = convolution({
      name: "l",
      batch: 3,
      outputChannels: 2,
      inputChannels: 1,
      outputRows: 4,
      outputColumns: 1,
    });
    expect(bytesOn(layer, Infinity)).toEqual([12 + 2 + 24, 12 + 2 + 24]);
  });
  test("with two activations moves each batch item's own second operand", () => {
    const layer = layerIn("matmul, out: 5, groups: 2", "[4, 3, 1]");
    expect(bytesOn(layer, Infinity)).toEqual(Array(2).fill(2 * (3 * 2 + 2 * 5 + 3 * 5)));
  });
});

describe("a tensor that does not fit", () => {
  // A 1 x 3 filter over 3 columns with a zero on each side: 3 of the 5 columns under it are the tensor.
  const layer = layerIn("conv, out: 2, kernel: [1, 3]", "[1, 1, 3]");

  test("is fetched without padding as often as the mapping asks: 3 of 5 columns, twice", () => {
    const accelerator = analyticAccelerator(oneAtATime, { pes: 1, globalBufferBytes: 1 }, { offChip });
    expect(layerCost(layer, accelerator, 1)!.offChipBytes).toBe(2 * 3 + 6 + 6);
  });
  test("is fetched for each filter position of an output, less the zeros: 2 + 3 + 2 of 9", () => {
    const one = systolic([3, 1, 8], { offChip }, { globalBufferBytes: 1 });
    expect(layerCost(layer, one, 1)!.offChipBytes).toBe(2 * 7 + 6 + 6);
  });
});

describe("a dilated filter on the chip", () => {
  const dilated = (columns: number) =>
    convolution({
      name: "l",
      outputChannels: 1,
      inputChannels: 1,
      outputRows: 1,
      outputColumns: columns,
      filterColumns: 3,
      dilationColumns: 4,
    });
  const loads = (columns: number, ...directives: string[]) => {
    const accelerator = analyticAccelerator(inlineDataflow(...directives), { pes: 1 });
    // Less 3 weights and the outputs.
    return layerCost(dilated(columns), accelerator, 1)!.bytes - 3 - columns;
  };

  test("loads what it touches and not the gaps: 2 outputs touch 6 of 10 inputs", () => {
    expect(loads(2, "TemporalMap(2,2) X'", "SpatialMap(1,1) K")).toBe(6);
  });
  test("touches everything once its outputs fill the gaps: 6 outputs touch 6 + 8", () => {
    expect(loads(6, "TemporalMap(6,6) X'", "SpatialMap(1,1) K")).toBe(14);
  });
  test("shares nothing with the tile before it where that lies in the gap", () => {
    expect(loads(4, "TemporalMap(2,2) X'", "SpatialMap(1,1) K")).toBe(6 + 6);
  });
});

describe("any layer on any accelerator", () => {
  const buffers = fc.constantFrom(1, 100, 10_000, 1e6, Infinity);
  const dataflows = fc.oneof(anyDataflows, fc.constantFrom(...dataflowPresets));
  const check = (claim: (bytes: number, layer: ConvolutionLayer, fits: boolean, onChip: number) => void) =>
    fc.assert(
      fc.property(paddedConvolutions, dataflows, buffers, (layer, dataflow, buffer) => {
        const fits = layer.inputElements + layer.weightElements + layer.outputElements <= buffer;
        for (const accelerator of accelerators(buffer, dataflow)) {
          const cost = layerCost(layer, accelerator, 1);
          if (cost !== undefined) claim(cost.offChipBytes!, layer, fits, cost.bytes);
        }
      }),
      propertyRuns(300),
    );

  test("moves at least what it touches, off chip and on", () => {
    check((bytes, layer, _fits, onChip) => {
      const least = touchedInputs(layer) + layer.weightElements + layer.outputElements;
      expect(bytes).toBeGreaterThanOrEqual(least);
      expect(onChip).toBeGreaterThanOrEqual(least);
    });
  });
  test("moves no more than its tensors where they fit", () => {
    check((bytes, layer, fits) => {
      if (fits) expect(bytes).toBe(layer.inputElements + layer.weightElements + layer.outputElements);
    });
  });
  test("moves less padding than a layer that has data in its place", () => {
    const check = fc.property(paddedConvolutions, dataflows, buffers, (layer, dataflow, buffer) => {
      const { inputRows, inputColumns, paddingRows, paddingColumns, inputElements, ...sizes } = layer;
      const full = convolution({
        ...sizes,
        inputRows: inputRows + 2 * paddingRows,
        inputColumns: inputColumns + 2 * paddingColumns,
      });
      for (const accelerator of accelerators(buffer, dataflow)) {
        const cost = layerCost(layer, accelerator, 1);
        if (cost !== undefined)
          expect(cost.offChipBytes).toBeLessThanOrEqual(layerCost(full, accelerator, 1)!.offChipBytes!);
      }
    });
    fc.assert(check, propertyRuns(200));
  });
});

/** By looking at every output and filter position. */
function touchedInputs(layer: ConvolutionLayer): number {
  const rows = touchedAlong("Rows", layer);
  return layer.batch * layer.groups * layer.inputChannels * rows * touchedAlong("Columns", layer);
}

function touchedAlong(axis: "Rows" | "Columns", layer: ConvolutionLayer): number {
  const touched = new Set<number>();
  for (let y = 0; y < layer[`output${axis}`]; y++)
    for (let r = 0; r < layer[`filter${axis}`]; r++) {
      const at = y * layer[`stride${axis}`] + r * layer[`dilation${axis}`] - layer[`padding${axis}`];
      if (at >= 0 && at < layer[`input${axis}`]) touched.add(at);
    }
  return touched.size;
}

withCase("14-traffic", (folder) => {
  const costsOf = (file: string, accelerator: AnalyticAccelerator) =>
    modelOf(readFileSync(join(folder, file), "utf8")).variants[0]!.layers.map(
      (layer) => [layer.name, layerCost(layer, accelerator, 1)!.offChipBytes] as const,
    );

  test("case 14-traffic: large padded filters, a dilated one and a padded 1 x 1 move their tensors once", () => {
    for (const accelerator of accelerators(Infinity))
      expect(costsOf("dw.yaml", accelerator)).toEqual([
        ["convnext-s4", 112_896],
        ["replk31", 188_544],
        ["conv3-7", 512 * 49 + 64 * 512 * 9 + 64 * 49],
        ["dil12-33", 2048 * (1089 + 9 + 1089)],
        ["one-pad1", 16 * 100 + 512 * 16 + 512 * 144],
      ]);
  });
});
