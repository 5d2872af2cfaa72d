/** What is exported without a loss is imported as it was. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Layer } from "../../src/core/layer.ts";
import type { Model } from "../../src/core/model.ts";
import { layerCostsOf } from "../../src/cost/index.ts";
import { costsText, type Exported, maestroText, scalesimText } from "../../src/export/index.ts";
import { type ImportResult, importMaestro, importScaleSim } from "../../src/import/index.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { modelsOf } from "../import/imported-files.ts";
import { memoryFiles } from "../input/memory-files.ts";
import { propertyRuns } from "../property-runs.ts";
import { referenceFiles, referencePath, withReference } from "../shared.ts";
import { shippedFile, shippedFiles } from "../workloads/shipped-files.ts";

interface Tool {
  readonly write: (model: Model) => Exported;
  readonly read: (text: string, name: string) => ImportResult;
}

const tools: Readonly<Record<string, Tool>> = {
  maestro: {
    write: (model) => maestroText([model]),
    read: (text, name) => importMaestro([{ text, file: `${name}.m` }]),
  },
  scalesim: { write: scalesimText, read: (text, name) => importScaleSim([{ text, file: `${name}.csv` }]) },
};

const layersOf = (model: Model): readonly Layer[] => model.variants[0]!.layers;
const load = (yaml: string): Model => loadModel("m.yaml", memoryFiles({ "m.yaml": yaml }));
const modelOf = (layers: readonly string[], fields = ""): Model =>
  load(`name: net\n${fields}layers:\n${layers.map((layer) => `  - ${layer}\n`).join("")}`);

/** The model as it comes back, with what was lost on the way. */
function there(tool: Tool, model: Model): { readonly back: Model; readonly losses: readonly string[] } {
  const { text, losses } = tool.write(model);
  const [back] = modelsOf(tool.read(text, model.name)).values();
  return { back: back!, losses: losses.map(({ what }) => what) };
}

const size = fc.integer({ min: 1, max: 12 });
const anyLayer = fc
  .record({
    type: fc.constantFrom("conv", "depthwise-conv"),
    sizes: fc.tuple(size, size, size, size, size, size),
    // Mostly what both formats can hold.
    stride: fc.constantFrom([1, 1], [2, 2], [3, 3], [1, 2]),
    groups: fc.constantFrom(1, 1, 1, 1, 3),
    N: fc.constantFrom(1, 1, 1, 1, 2),
    isSmall: fc.constantFrom(false, false, false, true),
    name: fc.stringMatching(/^[a-z][a-zDP ,.()+-]{0,6}[a-z]$/),
    isOfOutputs: fc.boolean(),
  })
  .map(({ type, sizes: [K, C, R, S, y, x], stride, groups: g, N, name, isSmall, isOfOutputs }) => {
    const groups = type === "conv" ? g : 1;
    const [rows, columns] = isOfOutputs
      ? [`Y': ${y}`, `X': ${x}`]
      : [`Y: ${isSmall ? y : y + R}`, `X: ${isSmall ? x : x + S}`];
    const shared = `K: ${K * groups}, C: ${C * groups}, ${rows}, ${columns}, R: ${R}, S: ${S}, stride: [${stride}], N: ${N}`;
    return { name, fields: `type: ${type}, ${shared}${groups > 1 ? `, groups: ${groups}` : ""}` };
  });
const anyModel = fc
  .uniqueArray(anyLayer, { minLength: 1, maxLength: 4, selector: ({ name }) => name })
  .map((layers) => modelOf(layers.map(({ name, fields }) => `{ name: ${JSON.stringify(name)}, ${fields} }`)));

describe.each(Object.keys(tools))("%s", (name) => {
  const tool = tools[name]!;

  test("gives back every layer of a model, or says what is lost", () => {
    let whole = 0;
    fc.assert(
      fc.property(anyModel, (model) => {
        const { back, losses } = there(tool, model);
        if (losses.length > 0) return;
        whole += 1;
        expect(layersOf(back)).toEqual(layersOf(model));
      }),
      propertyRuns(300),
    );
    expect(whole).toBeGreaterThan(0);
  });

  test("keeps the work of all layers with multiply-accumulates, whatever is lost but items of a batch", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const { back, losses } = there(tool, model);
        if (losses.some((loss) => /batch|smaller/.test(loss))) return;
        expect(workOf(back)).toEqual(workOf(model));
      }),
      propertyRuns(200),
    );
  });

  test.each<[string, string[], string, string]>([
    ["padding", ["{ type: conv, input: [3, 8, 8], out: 4, kernel: 3 }"], "", "padding becomes part of the input"],
    [
      "dilation",
      ["{ type: conv, input: [3, 9, 9], out: 4, kernel: 3, dilation: 2, padding: valid }"],
      "",
      "dilation is dropped, the work stays",
    ],
    [
      "a transposed layer",
      ["{ type: transposed-conv, input: [3, 9, 9], out: 4, kernel: 3 }"],
      "",
      "a transposed convolution becomes a plain one of the same work",
    ],
    [
      "pooling",
      ["{ type: conv, K: 4, C: 3, Y: 8, X: 8 }", "{ type: pool, kernel: 2 }"],
      "",
      "a layer that only moves data is left out",
    ],
    [
      "two activations",
      ["{ type: matmul, rows: 4, in: 5, out: 6 }"],
      "",
      "an operand that is an activation becomes weights",
    ],
    [
      "elements of two bytes",
      ["{ type: fc, in: 4, out: 5 }"],
      "bytesPerElement: 2\n",
      "elements of 2 bytes become elements of one",
    ],
    ["an exit", ["{ type: fc, in: 4, out: 5, exit: 0.5 }", "{ type: fc, out: 5 }"], "", "early exits are left out"],
    ["a skip", ["{ type: fc, in: 4, out: 4, skip: 0.5 }"], "", "layers that may be skipped always run"],
  ])("tells %s", (_, layers, fields, loss) => {
    expect(there(tool, modelOf(layers, fields)).losses).toEqual([loss]);
  });

  test("writes a GEMM without a loss", () => {
    const model = modelOf(["{ type: gemm, rows: 7, in: 5, out: 3 }", "{ type: fc, in: 4, out: 9 }"]);
    const { back, losses } = there(tool, model);
    expect(losses).toEqual([]);
    expect(layersOf(back)).toEqual(layersOf(model));
  });
});

const workOf = (model: Model): number[] =>
  layersOf(model).flatMap((layer) => {
    if (layer.kind === "memory") return [];
    const { batch, groups, outputChannels, inputChannels, outputRows, outputColumns, filterRows, filterColumns } =
      layer;
    return [batch * groups * outputChannels * inputChannels * outputRows * outputColumns * filterRows * filterColumns];
  });

test("a SCALE-Sim topology is written as people write it", () => {
  const model = modelOf([
    "{ name: a, type: conv, K: 8, C: 3, Y: 9, X: 9, R: 3, S: 3, stride: 2 }",
    "{ name: b, type: fc, in: 128, out: 10 }",
  ]);
  expect(
    scalesimText(model).text,
  ).toBe(`Layer name,IFMAP Height,IFMAP Width,Filter Height,Filter Width,Channels,Num Filter,Strides,
a,9,9,3,3,3,8,2,
b,1,1,1,1,128,10,1,
`);
});

test("a MAESTRO network is written as people write it", () => {
  const model = modelOf(["{ name: a, type: conv, K: 8, C: 6, groups: 2, Y: 9, X: 9, R: 3, S: 3, stride: 2, N: 4 }"]);
  expect(maestroText([model]).text).toBe(`Network net {
  Layer a {
    Type: NGCONV
    Stride { X: 2, Y: 2 }
    Dimensions { N: 4, G: 2, K: 4, C: 3, R: 3, S: 3, Y: 9, X: 9 }
  }
}
`);
});

test("names that MAESTRO cannot read lose characters and stay distinct", () => {
  const model = modelOf([
    '{ name: "a, b", type: fc, in: 1, out: 1 }',
    '{ name: "a (b", type: fc, out: 1 }',
    "{ name: FPS, type: fc, out: 1 }",
  ]);
  const { back, losses } = there(tools.maestro!, model);
  expect(losses).toEqual(["a name loses characters that MAESTRO cannot read"]);
  expect(layersOf(back).map(({ name }) => name)).toEqual(["a_b_", "a_b__2", "FPS_"]);
});

describe("costs", () => {
  const system = loadSystem(shippedFile("system", "hda-2-ws-os-4k"), shippedFiles());
  const tableSystem = (text: string, like = system) => {
    const yaml = `name: t\ncosts: table\ntable: t.csv\ncontextSwitch: off\naccelerators:\n${like.accelerators
      .map(({ id, clockGHz }) => `  - { id: ${id}, clockGHz: ${clockGHz} }\n`)
      .join("")}`;
    return loadSystem("t.yaml", memoryFiles({ "t.yaml": yaml, "t.csv": text }));
  };
  /** What a table can hold. */
  const inTable = (model: Model, on: typeof system) =>
    layerCostsOf(model, on).map(({ cost, ...place }) => {
      const { latencyNs, energyPj, tiles, offChipBytes } = cost!;
      return { ...place, latencyNs, energyPj, tiles, offChipBytes };
    });

  test("of any model cost the same on a system that has them as a table", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const { text, losses } = costsText([model], system);
        if (losses.length > 0) return;
        expect(inTable(model, tableSystem(text))).toEqual(inTable(model, system));
      }),
      propertyRuns(30),
    );
  });

  test("keep tiles, off-chip bytes and the layers of a profile", () => {
    const systolic = loadSystem(shippedFile("system", "prema-npu"), shippedFiles());
    const model = modelOf(["{ type: conv, K: 300, C: 64, Y: 30, X: 30, R: 3, S: 3 }"]);
    expect(inTable(model, tableSystem(costsText([model], systolic).text, systolic))).toEqual(inTable(model, systolic));
    const profile = load("name: net\nlayers: measured\n");
    const measured = tableSystem("model,accelerator,layer,latencyMs\nnet,ws,Relu,1.5\nnet,ws,Relu,2\nnet,os,Relu,3\n");
    const back = tableSystem(costsText([profile], measured).text);
    const known = (on: typeof system) =>
      layerCostsOf(profile, on).map(({ layerName, acceleratorId, cost }) => [layerName, acceleratorId, cost]);
    expect(known(back)).toEqual(known(measured));
  });

  test("of measured times that vary, and of fission, are not whole", () => {
    const measured = tableSystem("model,accelerator,latencyMs,cv\nnet,ws,1.5,0.1\nnet,os,1,\n");
    expect(costsText([load("name: net\nlayers: measured\n")], measured).losses).toEqual([
      { what: "how measured times vary is left out", count: 1, first: "ws" },
    ]);
    const planaria = loadSystem(shippedFile("system", "planaria-16"), shippedFiles());
    expect(costsText([], planaria).losses.map(({ what }) => what)).toEqual([
      "costs on fewer than all units are left out",
    ]);
  });
});

withReference("files", () => {
  const textOf = (folder: string, file: string) => readFileSync(referencePath("files", folder, file), "utf8");

  test.each(referenceFiles("files/scalesim"))("%s comes back as it is", (file) => {
    const name = file.replace(".csv", "").toLowerCase();
    const [model] = modelsOf(tools.scalesim!.read(textOf("scalesim", file), name)).values();
    const { back, losses } = there(tools.scalesim!, model!);
    expect([losses, layersOf(back)]).toEqual([[], layersOf(model!)]);
  });

  test.each(referenceFiles("files/maestro").filter((file) => file !== "accelerator_1.m"))(
    "%s comes back as it is",
    (file) => {
      for (const model of modelsOf(tools.maestro!.read(textOf("maestro", file), file)).values()) {
        const { back, losses } = there(tools.maestro!, model);
        expect([losses, back.name, layersOf(back)]).toEqual([[], model.name, layersOf(model)]);
      }
    },
  );
});
