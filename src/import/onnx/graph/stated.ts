/** Shapes that a file states, beside those that its operators leave. */
import type { OnnxGraph, ValueInfo } from "../onnx-model.ts";
import { activation, type Dims, showDims, type Value } from "../value.ts";
import type { Contradiction } from "./step.ts";

/** By name; only those with a shape. */
export function statedBy(graph: OnnxGraph): ReadonlyMap<string, ValueInfo> {
  const infos = [...graph.valueInfo, ...graph.outputs].filter(({ dims }) => dims !== undefined);
  return new Map(infos.map((info) => [info.name, info]));
}

/** The value, completed by what is stated; unless that contradicts it. */
export function completed(found: Value, info: ValueInfo | undefined): Value | Contradiction {
  if (info?.dims === undefined || info.kind !== "tensor") return found;
  const sizes = info.dims.map((size) => (typeof size === "number" ? size : undefined));
  if (found.dims === undefined) return activation(sizes, found.type || info.type);
  if (isUnlike(found.dims, sizes)) return { value: info.name, stated: showDims(sizes), found: showDims(found.dims) };
  if (found.dims.every((size) => size !== undefined)) return found;
  return { ...found, dims: found.dims.map((size, i) => size ?? sizes[i]) };
}

const isUnlike = (found: Dims, sizes: Dims): boolean =>
  found.length !== sizes.length ||
  found.some((size, i) => size !== undefined && sizes[i] !== undefined && size !== sizes[i]);
