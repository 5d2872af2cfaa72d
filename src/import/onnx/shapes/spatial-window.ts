/** Windows that move over spatial axes, of any number: kernel, stride, dilation and the padding on both sides. */
import type { NodeView } from "../node-view.ts";
import type { Dim, Dims } from "../value.ts";

export interface SpatialWindow {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Before and after, of each axis; with `auto_pad` as it comes out. */
  readonly pads: readonly (readonly [before: number, after: number])[];
}

/** `kernel`: of the weights, where no attribute states it. */
export function windowOf(node: NodeView, input: Dims, kernel: readonly number[]): SpatialWindow {
  const axes = kernel.length;
  const strides = listOf(node, "strides", axes) ?? kernel.map(() => 1);
  const dilations = listOf(node, "dilations", axes) ?? kernel.map(() => 1);
  if ([...kernel, ...strides, ...dilations].some((size) => !(size >= 1)))
    node.fail("kernel, strides and dilations must be at least 1");
  const window = { kernel, strides, dilations };
  return { ...window, pads: padsOf(node, input.slice(2), window) };
}

function listOf(node: NodeView, name: string, axes: number): readonly number[] | undefined {
  const list = node.ints(name);
  if (list === undefined || list.length === 0) return undefined;
  if (list.length !== axes) node.fail(`${name} has ${list.length} numbers for ${axes} axes`);
  return list;
}

type Unpadded = Omit<SpatialWindow, "pads">;

function padsOf(node: NodeView, spatial: Dims, window: Unpadded): SpatialWindow["pads"] {
  const mode = node.text("auto_pad", "NOTSET");
  const axes = window.kernel.length;
  if (mode === "SAME_UPPER" || mode === "SAME_LOWER")
    return window.kernel.map((_, axis) => samePads(spatial[axis], axis, window, mode));
  const pads = node.ints("pads");
  if (mode === "VALID" || pads === undefined || pads.length === 0) return window.kernel.map(() => [0, 0] as const);
  if (pads.length !== 2 * axes) node.fail(`pads has ${pads.length} numbers for ${axes} axes`);
  return window.kernel.map((_, axis) => [pads[axis]!, pads[axes + axis]!] as const);
}

function samePads(size: Dim, axis: number, window: Unpadded, mode: string): readonly [number, number] {
  const stride = window.strides[axis]!;
  const reach = reachOf(window, axis);
  const total = size === undefined ? 0 : Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size);
  const smaller = Math.floor(total / 2);
  return mode === "SAME_UPPER" ? [smaller, total - smaller] : [total - smaller, smaller];
}

/** Inputs from the first to the last that the window touches. */
export const reachOf = ({ kernel, dilations }: Unpadded, axis: number): number =>
  dilations[axis]! * (kernel[axis]! - 1) + 1;

/** Positions of the window on each axis. `ceil`: also one that hangs over the end, if it begins inside. */
export function positionsOf(node: NodeView, spatial: Dims, window: SpatialWindow, rounding: "floor" | "ceil"): Dims {
  const isSame = node.text("auto_pad", "NOTSET").startsWith("SAME");
  return window.kernel.map((_, axis) => {
    const size = spatial[axis];
    if (size === undefined) return undefined;
    const stride = window.strides[axis]!;
    if (isSame) return Math.ceil(size / stride);
    const [before, after] = window.pads[axis]!;
    const free = size + before + after - reachOf(window, axis);
    if (free < 0) return node.fail(`its window of ${reachOf(window, axis)} does not fit in ${size} with its padding`);
    if (rounding === "floor") return Math.floor(free / stride) + 1;
    const positions = Math.ceil(free / stride) + 1;
    return (positions - 1) * stride >= size + before ? positions - 1 : positions;
  });
}
