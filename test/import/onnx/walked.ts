/** Graphs for tests of shapes: one operator, or a text of several, walked as an import walks them. */
import { expect } from "vitest";
import { inputsOf } from "../../../src/import/onnx/graph/graph-inputs.ts";
import { walkGraph } from "../../../src/import/onnx/graph/walk-graph.ts";
import { workOf } from "../../../src/import/onnx/layers/map-steps.ts";
import type { Dims } from "../../../src/import/onnx/value.ts";
import { bytesInMemory } from "../../../src/import/onnx/wire/byte-source.ts";
import { decodeModel } from "../../../src/import/onnx/wire/decode-model.ts";
import { type Attribute, type ModelText, onnxModel, type TensorText } from "./builder.ts";

export type Sizes = readonly number[];

export function walk(text: ModelText) {
  const model = decodeModel(bytesInMemory(onnxModel(text)));
  const { values } = inputsOf(model.graph, [], "net.onnx");
  return walkGraph(model, values, { stated: "ignored", workOf });
}

export interface Case {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** Of initialisers, after the inputs: shapes, or numbers that are read. */
  readonly weights?: readonly (Sizes | TensorText)[];
  readonly outputs?: number;
  readonly opset?: number;
  readonly domain?: string;
}

export const ints = (...numbers: readonly number[]): TensorText => ({ dims: [numbers.length], ints: numbers });
export const scalar = (number: number): TensorText => ({ dims: [], ints: [number] });
export const without: Sizes = [-1];

export function shapesOf(op: string, inputs: readonly Sizes[], rest: Case = {}): readonly (Dims | undefined)[] {
  const { attributes = {}, weights = [], outputs = 1, opset = 17, domain } = rest;
  const names = inputs.map((sizes, i) => (sizes === without ? "" : `x${i}`));
  const weightNames = weights.map((weight, i) => (weight === without ? "" : `w${i}`));
  const { steps, faults } = walk({
    opset,
    nodes: [
      {
        op,
        inputs: [...names, ...weightNames],
        outputs: Array.from({ length: outputs }, (_, i) => `y${i}`),
        attributes,
        ...(domain !== undefined && { domain }),
      },
    ],
    inputs: Object.fromEntries(inputs.flatMap((sizes, i) => (sizes === without ? [] : [[`x${i}`, sizes]]))),
    initializers: Object.fromEntries(weights.flatMap((weight, i) => (weight === without ? [] : [[`w${i}`, weight]]))),
  });
  expect(faults).toEqual([]);
  return steps[0]!.results.slice(0, outputs).map(({ dims }) => dims);
}
