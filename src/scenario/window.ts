/** Movement of a filter window over rows and columns. */
import { type Pair, pairOf } from "./shape.ts";

/** `same`, `valid`, or the rows and columns added on each side. */
export type Padding = "same" | "valid" | number | readonly number[];

export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
}

/** Zeros before the first row and column. Of an odd number, `same` has one more behind. */
export function paddingBefore(rows: number, columns: number, window: Window): Pair {
  return [before(0, rows, window), before(1, columns, window)];
}

function before(axis: 0 | 1, size: number, window: Window): number {
  const { kernel, stride, dilation, padding } = window;
  if (padding !== "same") return padding === "valid" ? 0 : pairOf(padding, [0, 0])[axis];
  const swept = (along(axis, size, window) - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1;
  return Math.floor(Math.max(0, swept - size) / 2);
}

/** Rows and columns of the output; 0 or less if the window does not fit. */
export function windowOutput(rows: number, columns: number, window: Window): Pair {
  return [along(0, rows, window), along(1, columns, window)];
}

/**
 * Rows and columns that a transposed convolution leaves, with `added` ones at the end: (n - 1)·s - 2p + d·(k - 1) + 1
 * + added, as in PyTorch; `same` is n·s, as in TensorFlow.
 */
export function transposedOutput(rows: number, columns: number, window: Window, added: Pair): Pair {
  return [spread(0, rows, window, added), spread(1, columns, window, added)];
}

function spread(axis: 0 | 1, size: number, { kernel, stride, dilation, padding }: Window, added: Pair): number {
  if (padding === "same") return size * stride[axis];
  const cut = 2 * (padding === "valid" ? 0 : pairOf(padding, [0, 0])[axis]);
  return (size - 1) * stride[axis] - cut + dilation[axis] * (kernel[axis] - 1) + 1 + added[axis];
}

/** `same` is ceil(size / stride), as in TensorFlow and in PyTorch with padding (kernel - 1) / 2. */
function along(axis: 0 | 1, size: number, { kernel, stride, dilation, padding }: Window): number {
  if (padding === "same") return Math.ceil(size / stride[axis]);
  const swept = dilation[axis] * (kernel[axis] - 1) + 1;
  const padded = size + 2 * (padding === "valid" ? 0 : pairOf(padding, [0, 0])[axis]);
  return Math.floor((padded - swept) / stride[axis]) + 1;
}
