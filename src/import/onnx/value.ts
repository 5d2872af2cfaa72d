/** A value of the graph as far as it is known before a run: shape, element type and, if it is small and fixed, its numbers. */
import { FLOAT, INT64 } from "./element-type.ts";

/** Undefined: depends on the data. */
export type Dim = number | undefined;
export type Dims = readonly Dim[];

/** Numbers in row-major order; undefined where one depends on the data. */
export type Numbers = readonly (number | undefined)[];

export interface Value {
  /** Undefined: not even the rank is known. */
  readonly dims: Dims | undefined;
  /** Element type; 0: unknown. */
  readonly type: number;
  /** Whether it is the same for every input: a weight, or computed from weights and shapes. */
  readonly isFixed: boolean;
  /** Present if fixed or known, and small enough to compute with. */
  numbers(): Numbers | undefined;
  /** Type of a weight as it is stored, where a DequantizeLinear stands between. */
  readonly storedType?: number;
  /** Of a sequence. */
  readonly items?: readonly Value[];
}

/** More numbers are not computed with: no shape depends on that many. */
export const MOST_FOLDED = 1 << 12;

const nothing = () => undefined;

/** A value that the data decides. */
export const activation = (dims: Dims | undefined, type: number = FLOAT): Value => ({
  dims,
  type,
  isFixed: false,
  numbers: nothing,
});

/** A weight, or what is computed from weights alone. */
export const fixedValue = (dims: Dims | undefined, type: number): Value => ({
  dims,
  type,
  isFixed: true,
  numbers: nothing,
});

/** A value whose numbers are known. Those that depend on the data are undefined. */
export const knownValue = (dims: Dims, numbers: Numbers, type: number = INT64): Value => ({
  dims,
  type,
  isFixed: numbers.every((number) => number !== undefined),
  numbers: () => numbers,
});

export const unknownValue = (): Value => activation(undefined, 0);

/** Undefined if a size is. */
export function elementsIn(dims: Dims | undefined): number | undefined {
  let product = 1;
  for (const size of dims ?? [undefined]) {
    if (size === undefined) return undefined;
    product *= size;
  }
  return product;
}

/** Whether all sizes are known. */
export const isComplete = (dims: Dims | undefined): dims is readonly number[] =>
  dims?.every((size) => size !== undefined) ?? false;

export const showDims = (dims: Dims | undefined): string =>
  dims === undefined ? "unknown" : `[${dims.map((size) => size ?? "?").join(", ")}]`;

/** As ONNX and NumPy broadcast; undefined if the sizes contradict each other. */
export function broadcastDims(shapes: readonly Dims[]): Dims | undefined {
  const rank = Math.max(0, ...shapes.map((dims) => dims.length));
  const result: Dim[] = [];
  for (let axis = 0; axis < rank; axis += 1) {
    const sizes = shapes
      .filter((dims) => dims.length >= rank - axis)
      .map((dims) => dims[axis - rank + dims.length])
      .filter((size) => size !== 1);
    const known = sizes.filter((size) => size !== undefined);
    if (known.some((size) => size !== known[0])) return undefined;
    result.push(sizes.length === 0 ? 1 : known[0]);
  }
  return result;
}
