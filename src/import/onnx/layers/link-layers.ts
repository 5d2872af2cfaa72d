/** Writes each layer so that rtmm sees it read what the operator reads: the layer before it, named ones, or a shape. */
import { distinctNames } from "../../ids.ts";
import { product } from "../product.ts";
import { isComplete, type Value } from "../value.ts";
import type { LayerFields } from "./layer-draft.ts";
import type { MappedLayer, Mapping } from "./map-steps.ts";
import type { Origin } from "./origin.ts";
import { elementsOf, isSame, type Shape, shapeOf } from "./shape.ts";

export interface LinkedLayers {
  /** Shape of the model's input as its first layers read it; undefined if none reads it. */
  readonly input: Shape | undefined;
  /** Each with the remark that stands beside it. */
  readonly layers: readonly { readonly fields: LayerFields; readonly remark: string }[];
}

/** Longer lists of names say little. */
const MOST_NAMES = 8;
const LONGEST_NAME = 200;

export function linkLayers({ layers, input: value }: Mapping): LinkedLayers {
  const names = distinctNames(layers.map(layerName), ["input"]);
  const input = modelInput(layers, value);
  const linked = layers.map((layer, i) => {
    const { type, fields } = layer.draft;
    return {
      fields: { name: names[i], type, ...linkOf(layer, i, layers, names, input), ...fields },
      remark: remarkOf(layer),
    };
  });
  return { input, layers: linked.map(withoutOperands) };
}

/** Brackets are rtmm's own, for rounds of a repetition. */
function layerName({ name, op }: MappedLayer): string {
  const cleaned = name
    .replace(/\p{Cc}/gu, " ")
    .replace(/[[\]]/g, "_")
    .slice(0, LONGEST_NAME)
    .trim();
  return cleaned === "" ? op.toLowerCase() : cleaned;
}

/** As its first reader sees it, an image or tokens of features; undefined if no layer reads it alone. */
function modelInput(layers: readonly MappedLayer[], value: Value | undefined): Shape | undefined {
  const reader = layers.find(({ origin, draft }) => isOfInput(origin) && draft.reads);
  if (reader === undefined || !isComplete(value?.dims) || value.dims.includes(0)) return undefined;
  const reads = reader.draft.reads!;
  return elementsOf(reads) === product(value.dims) ? reads : shapeOf(value.dims);
}

const isOfInput = ({ layers, isInput, isOtherInput }: Origin): boolean =>
  isInput && layers.length === 0 && !isOtherInput;

interface Link {
  readonly from?: string | readonly string[];
  readonly input?: Shape;
}

function linkOf(
  { draft, origin }: MappedLayer,
  index: number,
  layers: readonly MappedLayer[],
  names: readonly string[],
  input: Shape | undefined,
): Link {
  const { reads } = draft;
  if (reads === undefined) return {};
  const isNamed = origin.isInput && input !== undefined;
  const sources = [...(isNamed ? ["input"] : []), ...origin.layers.map((layer) => names[layer]!)];
  if (sources.length === 0 || sources.length > MOST_NAMES) return { input: reads };
  const shapes = [...(isNamed ? [input] : []), ...origin.layers.map((layer) => layers[layer]!.draft.leaves)];
  const isBefore = sources.length === 1 && sources[0] === (index === 0 ? "input" : names[index - 1]);
  const from = isBefore ? {} : { from: sources.length === 1 ? sources[0]! : sources };
  const isWhole = !origin.isOtherInput && takes(draft.type, shapes, reads);
  return isWhole ? from : { ...from, input: reads };
}

/** Whether rtmm joins these shapes to what the layer reads. */
function takes(type: string, shapes: readonly Shape[], reads: Shape): boolean {
  const joined = type === "elementwise" ? broadcast(shapes) : concatenated(shapes);
  if (joined === undefined) return false;
  return type === "fc" ? elementsOf(joined) === elementsOf(reads) : isSame(joined, reads);
}

function concatenated(shapes: readonly Shape[]): Shape | undefined {
  const [first] = shapes;
  if (first === undefined || shapes.some(([, rows, columns]) => rows !== first[1] || columns !== first[2]))
    return undefined;
  return [shapes.reduce((sum, [channels]) => sum + channels, 0), first[1], first[2]];
}

function broadcast(shapes: readonly Shape[]): Shape | undefined {
  const common = [0, 1, 2].map((axis) => Math.max(...shapes.map((shape) => shape[axis]!)));
  const fits = shapes.every((shape) => shape.every((size, axis) => size === 1 || size === common[axis]));
  return fits ? (common as unknown as Shape) : undefined;
}

/** Named operands count by themselves. */
function withoutOperands<T extends { readonly fields: LayerFields }>(layer: T): T {
  const { operands, ...fields } = layer.fields;
  const isNamed = Array.isArray(fields.from) && fields.input === undefined;
  return operands === undefined || !isNamed ? layer : { ...layer, fields };
}

function remarkOf({ op, riders, draft }: MappedLayer): string {
  const riding = riders.total === 0 ? "" : ` with ${riders.text(4)}`;
  return `${op}${riding}${draft.remark === undefined ? "" : `; ${draft.remark}`}`;
}
