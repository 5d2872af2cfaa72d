/** Small networks, imported, and loaded as rtmm loads them. */
import { type Layer, macsOf } from "../../../src/core/layer.ts";
import { bytesInMemory, type GivenInput, importOnnx } from "../../../src/import/index.ts";
import { InputError } from "../../../src/input/input-error.ts";
import { loadModel } from "../../../src/scenario/load-model.ts";
import { memoryFiles } from "../../input/memory-files.ts";
import { type ModelText, type NodeText, onnxModel } from "./builder.ts";

export const importText = (text: ModelText, inputs: readonly GivenInput[] = []) =>
  importOnnx({ bytes: bytesInMemory(onnxModel(text)), file: "net.onnx" }, { inputs });

/** The layers of an imported network, and its report. */
export function imported(text: ModelText, inputs: readonly GivenInput[] = []) {
  const { files, report } = importText(text, inputs);
  const yaml = files[0]!.text;
  const model = loadModel("net.yaml", memoryFiles({ "net.yaml": yaml }));
  const layers: readonly Layer[] = model.variants[0]!.layers;
  return { yaml, report, model, layers, macs: layers.reduce((sum, layer) => sum + macsOf(layer), 0) };
}

/** A network of one operator that reads x and weights w. */
export const one = (
  op: string,
  x: readonly number[],
  weights: Readonly<Record<string, readonly number[]>> = {},
  rest: Pick<NodeText, "attributes" | "domain"> = {},
): ModelText => ({
  nodes: [{ op, inputs: ["x", ...Object.keys(weights)], outputs: ["y"], name: "op", ...rest }],
  inputs: { x },
  outputs: { y: undefined },
  initializers: weights,
});

/** Lines of the layers, without the remarks beside them. */
export const layerLines = (yaml: string): readonly string[] =>
  yaml
    .split("\n")
    .filter((line) => line.startsWith("  - "))
    .map((line) => line.slice(4).replace(/ # .*$/, ""));

export function problemsOf(bytes: Uint8Array): readonly string[] {
  try {
    importOnnx({ bytes: bytesInMemory(bytes), file: "net.onnx" });
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code, message }) => `${code} ${message}`);
    throw error;
  }
  return [];
}
