/** What holds for any layer on any systolic array. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ConvolutionSizes, convolution, macsOf } from "../../src/core/layer.ts";
import { matrixProductsOf } from "../../src/cost/matrix-product.ts";
import { tensorElements } from "../../src/cost/tensor-elements.ts";
import { layerCost } from "./one-layer.ts";
import { convolutions } from "./random-layers.ts";
import { systolic } from "./systolic-accelerator.ts";

describe("any layer on any array", () => {
  const arrays = fc.tuple(
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 1, max: 300 }),
  );
  const bandwidths = fc.constantFrom(0.5, 8, 511.4, 1e6);
  const on = (array: readonly [number, number, number], bandwidthGBs: number, units = 1) =>
    systolic(array, { offChip: { bandwidthGBs, energyPjPerByte: 1 } }, { units, globalBufferBytes: 1000 });

  test("takes at least MACs / PEs cycles and one tile, and moves each tensor at least once", () => {
    fc.assert(
      fc.property(
        convolutions,
        arrays,
        bandwidths,
        fc.integer({ min: 1, max: 16 }),
        (layer, array, bandwidth, units) => {
          const cost = layerCost(layer, on(array, bandwidth, units), 1)!;
          const { input, weight, output } = tensorElements(layer);
          expect(cost.cycles * array[0] * array[1] * units).toBeGreaterThanOrEqual(macsOf(layer));
          expect(Number.isInteger(cost.cycles)).toBe(true);
          expect(Number.isInteger(cost.tiles) && cost.tiles! >= 1).toBe(true);
          expect(cost.offChipBytes).toBeGreaterThanOrEqual(input + weight + output);
        },
      ),
    );
  });
  test("takes what PREMA's formula says, read literally", () => {
    fc.assert(
      fc.property(convolutions, arrays, bandwidths, (layer, [rows, columns, depth], bandwidth) => {
        const { products, m, k, n } = matrixProductsOf(layer);
        const together = Math.max(1, Math.min(Math.floor(columns / m), Math.floor(rows / k)));
        const passes = Math.ceil(products / together) * Math.ceil(m / columns) * Math.ceil(k / rows);
        const passTime = (width: number) =>
          Math.max(width + rows + 2 * columns, (rows * columns + rows * width) / bandwidth);
        const rest = n % depth;
        const expected = passes * (Math.floor(n / depth) * passTime(depth) + (rest === 0 ? 0 : passTime(rest)));
        const { cycles } = layerCost(layer, on([rows, columns, depth], bandwidth), 1)!;
        // Whole cycles.
        expect(cycles).toBeGreaterThan(expected * (1 - 1e-12) - 1e-9);
        expect(cycles).toBeLessThan(expected * (1 + 1e-12) + 1);
      }),
    );
  });
  // Not on several: one more full tile may take the round that a partial tile had to itself.
  test("takes no less on one array when it grows", () => {
    const growing = fc.constantFrom("outputChannels", "inputChannels", "outputRows", "filterRows", "batch", "groups");
    fc.assert(
      fc.property(
        convolutions,
        growing,
        fc.integer({ min: 1, max: 40 }),
        arrays,
        bandwidths,
        (layer, key, more, array, bandwidth) => {
          const larger = convolution({ ...sizesOf(layer), [key]: layer[key as "batch"] + more });
          const [small, large] = [layer, larger].map((each) => layerCost(each, on(array, bandwidth), 1)!);
          expect(large!.cycles).toBeGreaterThanOrEqual(small!.cycles);
        },
      ),
    );
  });
  test("takes no longer on more units, all of the memory theirs", () => {
    fc.assert(
      fc.property(
        convolutions,
        arrays,
        bandwidths,
        fc.integer({ min: 1, max: 15 }),
        (layer, array, bandwidth, units) => {
          const fewer = layerCost(layer, on(array, bandwidth, units), 1)!;
          expect(layerCost(layer, on(array, bandwidth, units + 1), 1)!.cycles).toBeLessThanOrEqual(fewer.cycles);
        },
      ),
    );
  });
  test("takes no longer on 16 units than on one array of their size", () => {
    fc.assert(
      fc.property(convolutions, bandwidths, (layer, bandwidth) => {
        const whole = layerCost(layer, on([128, 128, 128], bandwidth), 1)!;
        expect(layerCost(layer, on([32, 32, 128], bandwidth, 16), 1)!.cycles).toBeLessThanOrEqual(whole.cycles);
      }),
    );
  });
});

/** What `convolution` needs to make the same layer; the rest follows. */
function sizesOf({
  inputRows,
  inputColumns,
  inputElements,
  outputElements,
  weightElements,
  sweptRows,
  sweptColumns,
  ...sizes
}: ReturnType<typeof convolution>): ConvolutionSizes {
  return sizes;
}
