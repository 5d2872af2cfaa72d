/** What a filter touches of the rows (or columns) of its input: exact counts along one axis. */
import type { ConvolutionLayer } from "../core/layer.ts";

interface FilterWindow {
  readonly outputs: number;
  readonly filter: number;
  readonly stride: number;
  readonly dilation: number;
}

/**
 * Distinct positions s·y + d·r of `outputs` y and `filter` r, padding included. With s and d divided by their greatest
 * common divisor, (y, r) and (y - d, r + s) are one position, and nothing else coincides.
 */
function touchedPositions({ outputs, filter, stride, dilation }: FilterWindow): number {
  const divisor = greatestCommonDivisor(stride, dilation);
  const twins = Math.max(0, outputs - dilation / divisor) * Math.max(0, filter - stride / divisor);
  return outputs * filter - twins;
}

/**
 * Inputs under `outputs` positions of a filter; if it moves along outputs or filter, only the new ones (Q15 of
 * docs/references.md#maestro-quirks).
 */
export function windowExtent(
  outputs: number,
  filter: number,
  stride: number,
  dilation: number,
  alongOutputs: boolean,
  alongFilter: boolean,
): number {
  if (dilation > 1) return dilatedExtent(outputs, filter, stride, dilation, alongOutputs, alongFilter);
  const extent = (outputs - 1) * stride + filter;
  if (alongOutputs) return Math.min(extent, outputs * stride);
  return alongFilter ? Math.min(extent, filter) : extent;
}

/** A dilated filter leaves gaps, which no unit loads; what moves on keeps only what the last tile had. */
function dilatedExtent(
  outputs: number,
  filter: number,
  stride: number,
  dilation: number,
  alongOutputs: boolean,
  alongFilter: boolean,
): number {
  const touched = touchedPositions({ outputs, filter, stride, dilation });
  if (alongOutputs) return touchedPositions({ outputs: 2 * outputs, filter, stride, dilation }) - touched;
  if (alongFilter) return touchedPositions({ outputs, filter: 2 * filter, stride, dilation }) - touched;
  return touched;
}

/** Of all pairs of an output and a filter position, the share that meets an input element and no zero of the padding. */
export function inputShare(layer: ConvolutionLayer): number {
  const rows = rowWindow(layer);
  const columns = columnWindow(layer);
  const met =
    meetings(rows, layer.inputRows, layer.paddingRows) * meetings(columns, layer.inputColumns, layer.paddingColumns);
  return met / (rows.outputs * rows.filter * columns.outputs * columns.filter);
}

const rowWindow = (layer: ConvolutionLayer): FilterWindow => ({
  outputs: layer.outputRows,
  filter: layer.filterRows,
  stride: layer.strideRows,
  dilation: layer.dilationRows,
});

const columnWindow = (layer: ConvolutionLayer): FilterWindow => ({
  outputs: layer.outputColumns,
  filter: layer.filterColumns,
  stride: layer.strideColumns,
  dilation: layer.dilationColumns,
});

function meetings(window: FilterWindow, inputs: number, padding: number): number {
  let pairs = 0;
  for (let r = 0; r < window.filter; r++) pairs += outputsThatMeet(r * window.dilation - padding, window, inputs);
  return pairs;
}

/** Outputs y with 0 <= stride·y + offset < inputs. */
function outputsThatMeet(offset: number, { outputs, stride }: FilterWindow, inputs: number): number {
  const first = Math.max(0, Math.ceil(-offset / stride));
  const end = Math.min(outputs, Math.ceil((inputs - offset) / stride));
  return Math.max(0, end - first);
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
