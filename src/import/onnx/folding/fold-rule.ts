/** Computes what an operator leaves where its inputs are known, since shapes may depend on it. */
import type { NodeView } from "../node-view.ts";
import { product } from "../product.ts";
import type { Value } from "../value.ts";

/** `outputs`: as their shape rule has them. Undefined where it cannot be computed. */
export type FoldRule = (node: NodeView, outputs: readonly Value[]) => readonly Value[] | undefined;

export type FoldRules = Readonly<Record<string, FoldRule>>;

/** Distance in elements from one index of an axis to the next. */
export function stridesOf(dims: readonly number[]): number[] {
  const strides = dims.map(() => 1);
  for (let axis = dims.length - 2; axis >= 0; axis -= 1) strides[axis] = strides[axis + 1]! * dims[axis + 1]!;
  return strides;
}

/** Calls back with the indexes of each element in row-major order; they are reused. */
export function forEachIndex(
  dims: readonly number[],
  visit: (indexes: readonly number[], position: number) => void,
): void {
  const indexes = dims.map(() => 0);
  const count = product(dims);
  for (let position = 0; position < count; position += 1) {
    visit(indexes, position);
    for (let axis = dims.length - 1; axis >= 0; axis -= 1) {
      indexes[axis]! += 1;
      if (indexes[axis]! < dims[axis]!) break;
      indexes[axis] = 0;
    }
  }
}

/** Position of an element in an operand that is broadcast. */
export function broadcastPosition(
  indexes: readonly number[],
  dims: readonly number[],
  strides: readonly number[],
): number {
  const hidden = indexes.length - dims.length;
  return dims.reduce((sum, size, axis) => sum + (size === 1 ? 0 : indexes[axis + hidden]! * strides[axis]!), 0);
}
