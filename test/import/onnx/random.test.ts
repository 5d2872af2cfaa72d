/** Random windows and networks: shapes by brute force, and the file that is written says what the importer counted. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { macsOf } from "../../../src/core/layer.ts";
import { propertyRuns } from "../../property-runs.ts";
import type { ModelText, NodeText } from "./builder.ts";
import { imported } from "./worlds.ts";

const axis = fc
  .record({
    size: fc.integer({ min: 1, max: 12 }),
    kernel: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 4 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: 0, max: 3 }),
    after: fc.integer({ min: 0, max: 3 }),
  })
  .filter(({ size, kernel, dilation, before, after }) => dilation * (kernel - 1) + 1 <= size + before + after);

type Axis = typeof axis extends fc.Arbitrary<infer T> ? T : never;

/** Positions at which the whole window lies inside the padded input, one by one. */
function positions({ size, kernel, stride, dilation, before, after }: Axis): number {
  let count = 0;
  for (let start = -before; start + dilation * (kernel - 1) < size + after; start += stride) count += 1;
  return count;
}

/** How far the last input of a transposed convolution reaches, position by position. */
function spread({ size, kernel, stride, dilation, before, after }: Axis): number {
  let last = 0;
  for (let input = 0; input < size; input += 1)
    for (let tap = 0; tap < kernel; tap += 1) last = Math.max(last, input * stride + tap * dilation);
  return last + 1 - before - after;
}

const attributesOf = (axes: readonly Axis[]): NonNullable<NodeText["attributes"]> => ({
  strides: axes.map(({ stride }) => stride),
  dilations: axes.map(({ dilation }) => dilation),
  pads: [...axes.map(({ before }) => before), ...axes.map(({ after }) => after)],
});

const axes = fc.array(axis, { minLength: 1, maxLength: 3 });
const images = fc.integer({ min: 1, max: 3 });
const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

test("a convolution multiplies at every position of its window", () => {
  fc.assert(
    fc.property(axes, images, fc.constantFrom(1, 2, 4), fc.boolean(), (window, batch, groups, isApart) => {
      const [channels, out] = isApart ? [groups, groups * 3] : [groups * 2, groups * 3];
      const kernel = window.map((each) => each.kernel);
      const { layers, macs } = imported({
        inputs: { x: [batch, channels, ...window.map(({ size }) => size)] },
        nodes: [
          { op: "Conv", inputs: ["x", "w"], outputs: ["y"], attributes: { group: groups, ...attributesOf(window) } },
        ],
        initializers: { w: [out, channels / groups, ...kernel] },
      });
      const outputs = batch * out * product(window.map(positions));
      expect(macs).toBe(outputs * (channels / groups) * product(kernel));
      expect(layers[0]!.outputElements).toBe(outputs);
      expect(layers[0]).toMatchObject({ weightElements: out * (channels / groups) * product(kernel) });
    }),
    propertyRuns(300),
  );
});

test("a transposed convolution multiplies every input with every weight of its group", () => {
  fc.assert(
    fc.property(axes, fc.constantFrom(1, 2, 4), (window, groups) => {
      fc.pre(window.every((each) => spread(each) >= 1));
      const [channels, out, kernel] = [groups * 2, groups * 3, window.map((each) => each.kernel)];
      const { macs } = imported({
        inputs: { x: [1, channels, ...window.map(({ size }) => size)] },
        outputs: { y: [1, out, ...window.map(spread)] },
        nodes: [
          {
            op: "ConvTranspose",
            inputs: ["x", "w"],
            outputs: ["y"],
            attributes: { group: groups, ...attributesOf(window) },
          },
        ],
        initializers: { w: [channels, 3, ...kernel] },
      });
      expect(macs).toBe(channels * product(window.map(({ size }) => size)) * 3 * product(kernel));
    }),
    propertyRuns(300),
  );
});

test("the shape that a transposed convolution leaves agrees with what brute force finds", () => {
  fc.assert(
    fc.property(axes, (window) => {
      fc.pre(window.every((each) => spread(each) >= 1));
      const { report } = imported({
        inputs: { x: [1, 2, ...window.map(({ size }) => size)] },
        outputs: { y: [1, 3, ...window.map(spread)] },
        nodes: [{ op: "ConvTranspose", inputs: ["x", "w"], outputs: ["y"], attributes: attributesOf(window) }],
        initializers: { w: [2, 3, ...window.map(({ kernel }) => kernel)] },
      });
      expect(report.left).toEqual([]);
    }),
    propertyRuns(200),
  );
});

test("a pool reads its input and leaves one element for each position", () => {
  const planes = fc.array(axis, { minLength: 1, maxLength: 2 });
  fc.assert(
    fc.property(planes, images, (window, batch) => {
      const { layers } = imported({
        inputs: { x: [batch, 3, ...window.map(({ size }) => size)] },
        nodes: [
          {
            op: "MaxPool",
            inputs: ["x"],
            outputs: ["y"],
            attributes: { kernel_shape: window.map(({ kernel }) => kernel), ...attributesOf(window) },
          },
        ],
      });
      expect(layers[0]!.outputElements).toBe(batch * 3 * product(window.map(positions)));
    }),
    propertyRuns(300),
  );
});

/** A step of a random network over [1, 4, size, size]: what it adds, from the names of earlier values. */
const step = fc.record({
  kind: fc.constantFrom("Conv", "depthwise", "Relu", "Add", "MaxPool", "Concat", "gate", "Resize", "tokens"),
  from: fc.nat(),
  other: fc.nat(),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function nodesOf({ kind, from, other }: Step, i: number, made: readonly string[]): NodeText[] {
  const [a, b, y] = [made[from % made.length]!, made[other % made.length]!, `v${i}`];
  const at = (op: string, inputs: readonly string[], attributes = {}, outputs = [y]): NodeText => ({
    op,
    name: `${kind}${i}`,
    inputs,
    outputs,
    attributes,
  });
  switch (kind) {
    case "Conv":
      return [at("Conv", [a, "w"], { pads: [1, 1, 1, 1] })];
    case "depthwise":
      return [at("Conv", [a, "d"], { pads: [1, 1, 1, 1], group: 4 })];
    case "MaxPool":
      return [at("MaxPool", [a], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] })];
    case "Concat":
      return [at("Concat", [a, b], { axis: 1 }, [`c${i}`]), at("Conv", [`c${i}`, "p"])];
    case "gate":
      return [at("GlobalAveragePool", [a], {}, [`g${i}`]), at("Mul", [b, `g${i}`])];
    case "Resize":
      return [
        at("Resize", [a, "", "", "double"], {}, [`r${i}`]),
        at("MaxPool", [`r${i}`], { kernel_shape: [2, 2], strides: [2, 2] }),
      ];
    case "tokens":
      return [
        at("Reshape", [a, "flat"], {}, [`t${i}`]),
        at("MatMul", [`t${i}`, "m"], {}, [`u${i}`]),
        at("Reshape", [`u${i}`, "square"]),
      ];
    default:
      return [at(kind, kind === "Add" ? [a, b] : [a])];
  }
}

function networkOf(steps: readonly Step[]): ModelText {
  const made = ["x"];
  const nodes = steps.flatMap((each, i) => {
    const added = nodesOf(each, i, made);
    made.push(`v${i}`);
    return added;
  });
  return {
    inputs: { x: [1, 4, 6, 6] },
    // A convolution first, so that there is always a layer.
    nodes: [{ op: "Conv", name: "stem", inputs: ["x", "p4"], outputs: ["s"] }, ...nodes],
    initializers: {
      ...{ w: [4, 4, 3, 3], d: [4, 1, 3, 3], p: [4, 8, 1, 1], p4: [4, 4, 1, 1], m: [4, 4] },
      double: { dims: [4], ints: [1, 4, 12, 12] },
      flat: { dims: [3], ints: [1, 36, 4] },
      square: { dims: [4], ints: [1, 4, 6, 6] },
    },
  };
}

test("rtmm loads what is written of any network, and counts the layers, products and weights that the importer counted", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const { layers, macs, report } = imported(networkOf(steps));
      const weights = layers.reduce((sum, layer) => sum + (layer.kind === "memory" ? 0 : layer.weightElements), 0);
      expect(report.left).toEqual([]);
      expect(report.totals).toEqual([{ model: "net", layers: layers.length, macs, weights }]);
      expect(layers.filter((layer) => macsOf(layer) > 0).every((layer) => layer.inputElements > 0)).toBe(true);
    }),
    propertyRuns(200),
  );
});
