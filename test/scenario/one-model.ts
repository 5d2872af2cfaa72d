/** A model with one variant from the layers in YAML, for tests. */
import { macsOf } from "../../src/core/layer.ts";
import type { Model, Variant } from "../../src/core/model.ts";
import type { Problem } from "../../src/input/problem.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { memoryFiles, problemsOf } from "../input/memory-files.ts";

const modelText = (layers: string, head = "input: [8, 16, 16]"): string =>
  `name: net\n${head}\nlayers:\n${layers.replace(/^/gm, "  ")}\n`;

export const modelOf = (text: string): Model => loadModel("net.yaml", memoryFiles({ "net.yaml": text }));

export const variantOf = (layers: string, head?: string): Variant => modelOf(modelText(layers, head)).variants[0]!;

/** Names and MACs of all layers. */
export const macsIn = (layers: string, head?: string): readonly (readonly [string, number])[] =>
  variantOf(layers, head).layers.map((layer) => [layer.name, macsOf(layer)]);

export const namesIn = (layers: string, head?: string): readonly string[] =>
  variantOf(layers, head).layers.map(({ name }) => name);

export const problemsInModel = (text: string): readonly Problem[] =>
  problemsOf(() => loadModel("net.yaml", memoryFiles({ "net.yaml": text })));

export const problemsInLayers = (layers: string, head?: string): readonly Problem[] =>
  problemsInModel(modelText(layers, head));
