/** Shapes between layers: [channels, rows, columns]; a sequence of tokens is [features, tokens, 1]. */

export type Shape = readonly [channels: number, rows: number, columns: number];

/** A shape; `unknown` after a reported problem; `none` if a model states no input. */
export type ShapeOrNot = Shape | "unknown" | "none";

/** A size in each direction. */
export type Pair = readonly [rows: number, columns: number];

export const elementsOf = (shape: Shape): number => shape[0] * shape[1] * shape[2];

export const tokensOf = (shape: Shape): number => shape[1] * shape[2];

/** `[3, 224, 224]`, as in a file. */
export const showShape = (shape: Shape): string => `[${shape.join(", ")}]`;

/** `n` or `[rows, columns]` as a pair. */
export function pairOf(value: number | readonly number[] | undefined, fallback: Pair): Pair {
  if (value === undefined) return fallback;
  return typeof value === "number" ? [value, value] : [value[0]!, value[1]!];
}

/** Concatenated channels; undefined if rows or columns differ. */
export function concatenated(shapes: readonly Shape[]): Shape | undefined {
  const [first] = shapes;
  if (first === undefined || shapes.some((shape) => shape[1] !== first[1] || shape[2] !== first[2])) return undefined;
  return [shapes.reduce((channels, shape) => channels + shape[0], 0), first[1], first[2]];
}

/** The common shape of element-wise operands; undefined if sizes are neither equal nor 1. */
export function broadcast(shapes: readonly Shape[]): Shape | undefined {
  const common = [0, 1, 2].map((axis) => Math.max(...shapes.map((shape) => shape[axis]!)));
  const fits = shapes.every((shape) => shape.every((size, axis) => size === 1 || size === common[axis]));
  return fits ? (common as unknown as Shape) : undefined;
}
