/** Random layers and mappings for property tests. */
import fc from "fast-check";
import { type ConvolutionLayer, convolution } from "../../src/core/layer.ts";
import type { Dataflow, DataflowDimension, Directive } from "../../src/core/system.ts";

const extent = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 130 }));
const filterExtent = fc.constantFrom(1, 1, 2, 3, 3, 5, 7);

/** Sizes as the artifact takes them; its input may be smaller than the filter. */
export const maestroLayers = fc.record({
  type: fc.constantFrom("CONV" as const, "DSCONV" as const),
  K: extent,
  C: extent,
  Y: extent,
  X: extent,
  R: filterExtent,
  S: filterExtent,
});

const size = fc.constantFrom(1, 1, 2, 3, 4, 7, 8, 16, 64);

/** Any mapping that docs/references.md#maestro-levels allows, sensible or not, of 1 to 3 clusters' levels. */
export const anyDataflows: fc.Arbitrary<Dataflow> = fc
  .array(
    fc.record({
      clusterSize: fc.constantFrom(1, 2, 4, 16),
      order: fc.shuffledSubarray(["K", "C", "R", "S", "Y", "X"] as const, { minLength: 1 }),
      primes: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      spatial: fc.integer({ min: 0, max: 35 }),
      sizes: fc.array(fc.tuple(size, size), { minLength: 6, maxLength: 6 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((levels) => ({
    name: "random",
    directives: levels.flatMap(({ clusterSize, order, primes, spatial, sizes }, level): Directive[] => {
      const spatialAt = [spatial % order.length, Math.floor(spatial / 6) % order.length];
      const maps = order.map((v, i): Directive => {
        const dimension = ((v === "X" || v === "Y") && primes[i] ? `${v}'` : v) as DataflowDimension;
        const [tile, step] = sizes[i]!;
        return { kind: spatialAt.includes(i) ? "spatial" : "temporal", size: tile, step, dimension };
      });
      return level === 0 ? maps : [{ kind: "cluster", size: clusterSize }, ...maps];
    }),
  }));

const stride = fc.constantFrom(1, 1, 2, 3);

/** Sizes of our own layers. */
export const convolutions: fc.Arbitrary<ConvolutionLayer> = fc
  .record({
    operator: fc.constantFrom("dense" as const, "depthwise" as const),
    batch: fc.constantFrom(1, 1, 3),
    groups: fc.constantFrom(1, 1, 4),
    outputChannels: extent,
    inputChannels: extent,
    outputRows: extent,
    outputColumns: extent,
    filterRows: filterExtent,
    filterColumns: filterExtent,
    strideRows: stride,
    strideColumns: stride,
  })
  .map((sizes) => convolution({ name: "random", ...sizes }));

/** Sizes along one axis: an input, and a window over it with padding that it reaches. */
const axis = fc
  .record({
    filter: fc.constantFrom(1, 2, 3, 5, 7, 31),
    stride: fc.constantFrom(1, 1, 2, 3, 5),
    dilation: fc.constantFrom(1, 1, 2, 6),
    padding: fc.integer({ min: 0, max: 15 }),
    rest: fc.integer({ min: 0, max: 40 }),
  })
  .filter(({ filter, dilation, padding, rest }) => (filter - 1) * dilation + 1 + rest > 2 * padding)
  .map(({ filter, stride, dilation, padding, rest }) => {
    const input = (filter - 1) * dilation + 1 + rest - 2 * padding;
    return { filter, stride, dilation, padding, input, output: Math.floor(rest / stride) + 1 };
  });

/** Layers with padding, dilation, strides beyond the filter and a rest of the input that no filter touches. */
export const paddedConvolutions: fc.Arbitrary<ConvolutionLayer> = fc
  .record({
    operator: fc.constantFrom("dense" as const, "depthwise" as const),
    batch: fc.constantFrom(1, 1, 3),
    groups: fc.constantFrom(1, 1, 4),
    outputChannels: extent,
    inputChannels: extent,
    rows: axis,
    columns: axis,
  })
  .map(({ rows, columns, ...channels }) =>
    convolution({
      name: "random",
      ...channels,
      outputRows: rows.output,
      outputColumns: columns.output,
      filterRows: rows.filter,
      filterColumns: columns.filter,
      strideRows: rows.stride,
      strideColumns: columns.stride,
      dilationRows: rows.dilation,
      dilationColumns: columns.dilation,
      inputRows: rows.input,
      inputColumns: columns.input,
      paddingRows: rows.padding,
      paddingColumns: columns.padding,
    }),
  );
