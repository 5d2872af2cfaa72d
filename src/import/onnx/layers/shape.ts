/** rtmm's shapes, [channels, rows, columns], of ONNX's. */
import { product } from "../product.ts";

export type Shape = readonly [channels: number, rows: number, columns: number];

export const elementsOf = ([channels, rows, columns]: Shape): number => channels * rows * columns;

export const isSame = (a: Shape | undefined, b: Shape | undefined): boolean =>
  a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1] && a[2] === b[2];

/** Images as they are, several below each other; anything else as tokens of features. */
export function shapeOf(dims: readonly number[]): Shape {
  if (dims.length === 4) return [dims[1]!, dims[0]! * dims[2]!, dims[3]!];
  const features = dims.at(-1) ?? 1;
  return [features, product(dims) / Math.max(1, features), 1];
}

/** Of what a window moves over: [images x channels, rows, columns], since channels do not mix. Undefined above two axes. */
export function planesOf(dims: readonly number[]): Shape | undefined {
  const [batch = 1, channels = 1, rows = 1, columns = 1] = dims;
  return dims.length < 3 || dims.length > 4 ? undefined : [batch * channels, rows, columns];
}
