/** Every layer type with every field of its siblings: taken with its meaning, or refused with the reason. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { layerTypes } from "../../src/scenario/layer-types/index.ts";
import { withCase } from "../shared.ts";
import { macsIn, modelOf, problemsInLayers, problemsInModel, variantOf } from "./one-model.ts";

/** What each type needs, on an input of 8 channels, 16 rows, 16 columns. */
const plain: Readonly<Record<string, string>> = {
  conv: "out: 4, kernel: 3",
  "depthwise-conv": "kernel: 3",
  "transposed-conv": "out: 4, kernel: 3",
  fc: "out: 4",
  gemm: "out: 4",
  matmul: "out: 4",
  attention: "heads: 2",
  lstm: "hidden: 4",
  gru: "hidden: 4",
  pool: "kernel: 3",
  "global-pool": "",
  elementwise: "",
  upsample: "",
  reshape: "shape: [2048, 1, 1]",
};

/** Types that do the same kind of thing, with a value for each field that one of them has. */
const families: readonly { readonly types: readonly string[]; readonly values: Readonly<Record<string, string>> }[] = [
  {
    types: ["conv", "depthwise-conv", "transposed-conv"],
    values: {
      out: "8",
      kernel: "5",
      stride: "[2, 1]",
      padding: "valid",
      dilation: "[1, 2]",
      groups: "8",
      multiplier: "2",
      outputPadding: "1",
    },
  },
  { types: ["fc", "gemm", "matmul"], values: { out: "6", rows: "512", in: "4", groups: "2" } },
  { types: ["lstm", "gru"], values: { hidden: "6", steps: "3", in: "8" } },
  { types: ["pool", "global-pool"], values: { kernel: "2", stride: "1", padding: "same", dilation: "2" } },
  { types: ["upsample", "reshape"], values: { scale: "3", shape: "[1, 1, 2048]" } },
];

/** Of `type.field`: why it is refused. Everything else is taken. */
const reasons: Readonly<Record<string, RegExp>> = {
  "conv.multiplier": /only a depthwise-conv has a multiplier/,
  "conv.outputPadding": /only a transposed-conv has output padding/,
  "depthwise-conv.outputPadding": /only a transposed-conv has output padding/,
  "transposed-conv.multiplier": /groups = channels/,
  "fc.rows": /a gemm has rows/,
  "fc.in": /with in = 4 it takes 4 elements, but it reads \[8, 16, 16\], which has 2048/,
  "fc.groups": /a gemm has groups/,
  "global-pool.kernel": /a pool has kernel/,
  "global-pool.stride": /a pool has stride/,
  "global-pool.padding": /a pool has padding/,
  "global-pool.dilation": /a pool has dilation/,
  "upsample.shape": /only reshape has a shape/,
  "reshape.scale": /upsample has a scale/,
};

/** Values that only go together with others. */
const together: Readonly<Record<string, string>> = {
  "conv.groups": "out: 8",
  "transposed-conv.groups": "out: 8",
  // With `same` padding the output is stride times as large, however far the filter reaches.
  "transposed-conv.dilation": "padding: 1",
  "gemm.rows": "in: 4",
  "gemm.in": "rows: 512",
  "matmul.rows": "in: 4",
  "matmul.in": "rows: 512",
};

const layerWith = (type: string, fields: readonly string[]): string => {
  const byName = new Map(fields.filter((field) => field !== "").map((field) => [field.split(":")[0]!, field]));
  return `- { name: a, type: ${[type, ...byName.values()].join(", ")} }`;
};

test("the list of plain layers has all types", () => {
  expect(Object.keys(plain)).toEqual([...layerTypes.keys()]);
  for (const [type, fields] of Object.entries(plain)) expect(() => variantOf(layerWith(type, [fields]))).not.toThrow();
});

describe.each(families)("$types", ({ types, values }) => {
  for (const type of types)
    for (const [field, value] of Object.entries(values)) {
      const fields = [...plain[type]!.split(", "), together[`${type}.${field}`] ?? "", `${field}: ${value}`];
      const layer = layerWith(type, type === "reshape" ? [`shape: ${values.shape}`, `${field}: ${value}`] : fields);
      const reason = reasons[`${type}.${field}`];
      if (reason !== undefined)
        test(`${type} refuses ${field} and says why, at its place`, () => {
          const [problem, ...others] = problemsInLayers(layer);
          expect(problem!.message).toMatch(reason);
          expect(problem).toMatchObject({ line: 4, column: layer.indexOf(` ${field}:`) + field.length + 6 });
          expect(others).toEqual([]);
        });
      else
        test(`${type} takes ${field}, and it changes the layer or what it leaves`, () => {
          const leaves = (text: string) => variantOf(`${text}\n- { type: gemm, out: 1 }`).layers;
          const isDefault = ["depthwise-conv.out", "depthwise-conv.groups", "lstm.in", "gru.in"].includes(
            `${type}.${field}`,
          );
          const without = layerWith(type, plain[type]!.split(", "));
          if (isDefault) expect(leaves(layer)).toEqual(leaves(without));
          else expect(leaves(layer)).not.toEqual(leaves(without));
        });
    }
});

test("a transposed-conv by sizes is refused in words", () => {
  const [problem] = problemsInLayers("- { type: transposed-conv, out: 4, kernel: 3, K: 4 }");
  expect(problem!.message).toMatch(/not by sizes/);
});

withCase("4-deconv-macs", (folder) => {
  const layerOf = (file: string) => modelOf(readFileSync(join(folder, file), "utf8")).variants[0]!.layers[0];

  test.each([
    ["t1.yaml", { producedRows: 4, groups: 1 }],
    ["t2.yaml", { producedRows: 16, groups: 1 }],
    ["t3.yaml", { producedRows: 16, groups: 4, inputChannels: 1, outputChannels: 1 }],
    ["t5.yaml", { producedRows: 96, groups: 1 }],
    ["t6.yaml", { producedRows: 16, groups: 3, inputChannels: 2, outputChannels: 2 }],
  ])("case 4-deconv-macs: %s has its true output", (file, layer) => {
    expect(layerOf(file)).toMatchObject(layer);
  });
});

withCase("13-scalesim", (folder) => {
  const textOf = (file: string) => readFileSync(join(folder, file), "utf8");

  test("case 13-scalesim: complete products are taken as they are", () => {
    expect(modelOf(textOf("g.yaml")).variants[0]!.layers).toEqual(modelOf(textOf("g2.yaml")).variants[0]!.layers);
    expect(modelOf(textOf("mm.yaml")).variants[0]!.layers).toHaveLength(1);
  });
  test.each(["mm2.yaml", "mm3.yaml"])("case 13-scalesim: %s contradicts its input", (file) => {
    expect(problemsInModel(textOf(file))).toMatchObject([{ code: "BAD_SHAPE" }]);
  });
});

test("a depthwise transposed-conv has the MACs of its channels", () => {
  expect(macsIn("- { type: transposed-conv, out: 8, kernel: 2, groups: 8 }")[0]![1]).toBe(8 * 256 * 4);
});
