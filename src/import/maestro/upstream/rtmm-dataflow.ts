/** From MAESTRO's mappings, which may name sizes of their layer, to rtmm's dataflows, which hold for all layers. */
import { dataflowProblem } from "../../../core/dataflows.ts";
import type { DataflowDimension, Directive } from "../../../core/system.ts";
import type { SizeName, UpstreamLayer } from "./layer.ts";
import type { Extent, WrittenDirective } from "./mapping.ts";

type WrittenMap = Exclude<WrittenDirective, { kind: "cluster" }>;

/** Why a mapping has no counterpart, in words that follow "its mapping". */
export type Conversion = { readonly directives: readonly Directive[] } | { readonly problem: string };

/** What is known of the layer that a mapping is for; absent: any layer. */
export interface LayerSizes {
  readonly isProduct: boolean;
  sizeOf(dimension: string): number | undefined;
  strideOf(letter: "Y" | "X"): number;
}

const anyLayer: LayerSizes = { isProduct: false, sizeOf: () => undefined, strideOf: () => 1 };

export function sizesOfLayer({ type, sizes, strides }: UpstreamLayer): LayerSizes {
  return {
    isProduct: type === "GEMM",
    sizeOf: (dimension) => sizes[dimension as SizeName] ?? derivedSize(dimension, sizes, strides),
    strideOf: (letter) => strides[letter] ?? 1,
  };
}

function derivedSize(
  dimension: string,
  sizes: UpstreamLayer["sizes"],
  strides: UpstreamLayer["strides"],
): number | undefined {
  const letter = dimension.charAt(0);
  if (letter !== "Y" && letter !== "X") return dimension === "N" || dimension === "G" ? 1 : undefined;
  const filter = sizes[letter === "Y" ? "R" : "S"] ?? 1;
  const [input, output, stride] = [sizes[letter], sizes[`${letter}'`], strides[letter] ?? 1];
  if (dimension.endsWith("'")) return input === undefined ? undefined : Math.floor((input - filter) / stride) + 1;
  return output === undefined ? undefined : (output - 1) * stride + filter;
}

/**
 * - `(Sz(R), 1) Y`, the input rows of one output row, is `(1,1) Y'`, and rows that hold n outputs and move by n are `(n,n) Y'`,
 *   unless the filter is cut on the same level; likewise for S and X.
 * - A temporal map that covers its dimension of the layer is left out if it says `Sz` or is of the filter: levels take
 *   what they do not name as a whole.
 * - Batch and groups are left out as temporal maps: rtmm's costs have one item and one group after another.
 * - M, N and K of a product are its rows, outputs and inputs.
 */
export function rtmmDataflow(written: readonly WrittenDirective[], layer: LayerSizes = anyLayer): Conversion {
  const directives: Directive[] = [];
  for (const [index, each] of written.entries()) {
    const converted =
      each.kind === "cluster" ? clusterOf(each.size, layer) : mapOf(each, layer, cutFilters(written, index, layer));
    if (typeof converted === "string") return { problem: converted };
    directives.push(...converted);
  }
  const problem = dataflowProblem({ name: "", directives });
  return problem === undefined ? { directives } : { problem };
}

/** The filter dimensions of which the level of a directive takes parts. */
function cutFilters(written: readonly WrittenDirective[], index: number, layer: LayerSizes): ReadonlySet<string> {
  const isCluster = ({ kind }: WrittenDirective): boolean => kind === "cluster";
  const start = written.findLastIndex((each, i) => i < index && isCluster(each)) + 1;
  const next = written.findIndex((each, i) => i > index && isCluster(each));
  const level = written.slice(start, next === -1 ? written.length : next);
  const isCut = (each: WrittenDirective): each is WrittenMap =>
    each.kind !== "cluster" && isFilter(each.dimension) && (each.kind === "spatial" || !coversAll(each, layer));
  return new Set(level.filter(isCut).map(({ dimension }) => dimension));
}

type Converted = readonly Directive[] | string;

function clusterOf(extent: Extent, layer: LayerSizes): Converted {
  const size = resolved(extent, layer);
  return typeof size === "string" ? size : [{ kind: "cluster", size }];
}

function mapOf(map: WrittenMap, layer: LayerSizes, cut: ReadonlySet<string>): Converted {
  if (!layer.isProduct && (map.dimension === "N" || map.dimension === "G")) {
    const what = map.dimension === "N" ? "items of a batch" : "groups";
    return map.kind === "temporal" ? [] : `spreads ${what} over PEs`;
  }
  if (map.kind === "temporal" && coversAll(map, layer)) return [];
  const dimension = dimensionOf(map.dimension, layer);
  if (dimension === undefined) return `names ${map.dimension}, which is no dimension of such a layer`;
  const positions = outputsOf(map, layer, cut);
  if (positions !== undefined) {
    return [{ kind: map.kind, size: positions, step: positions, dimension: `${map.dimension as "Y" | "X"}'` }];
  }
  const size = resolved(map.size, layer);
  const step = resolved(map.step, layer);
  if (typeof size === "string" || typeof step === "string") return typeof size === "string" ? size : (step as string);
  return [{ kind: map.kind, size, step, dimension }];
}

function resolved(extent: Extent, layer: LayerSizes): number | string {
  if (typeof extent === "number") return extent;
  return layer.sizeOf(extent.sizeOf) ?? `needs Sz(${extent.sizeOf}), which differs from layer to layer`;
}

const isFilter = (dimension: string): boolean => dimension === "R" || dimension === "S";

function coversAll({ size, dimension }: WrittenMap, layer: LayerSizes): boolean {
  if (typeof size === "object" && size.sizeOf === dimension) return true;
  const whole = layer.sizeOf(dimension);
  const extent = resolved(size, layer);
  if (whole === undefined || typeof extent === "string" || extent < whole) return false;
  return typeof size === "object" || isFilter(dimension);
}

/** The outputs that the inputs of a tile hold, if the tile moves by as many; undefined where it is cut otherwise. */
function outputsOf(
  { size, step, dimension }: WrittenMap,
  layer: LayerSizes,
  cut: ReadonlySet<string>,
): number | undefined {
  if (layer.isProduct || (dimension !== "Y" && dimension !== "X")) return undefined;
  const filter = dimension === "Y" ? "R" : "S";
  const stride = layer.strideOf(dimension);
  if (typeof size === "object" && size.sizeOf === filter && (step === 1 || step === stride)) return 1;
  const [rows, filterRows] = [resolved(size, layer), layer.sizeOf(filter)];
  if (cut.has(filter) || typeof rows === "string" || filterRows === undefined) return undefined;
  const outputs = (rows - filterRows) / stride + 1;
  return Number.isInteger(outputs) && outputs >= 1 && step === outputs * stride ? outputs : undefined;
}

/** The size of a dimension of rtmm's dataflows in this layer. */
export function extentOf(dimension: DataflowDimension, layer: LayerSizes): number {
  if (!layer.isProduct) return layer.sizeOf(dimension) ?? 1;
  const [written] = Object.entries(ofProduct).find(([, each]) => each === dimension) ?? [];
  return written === undefined ? 1 : (layer.sizeOf(written) ?? 1);
}

/** A product of rows is a 1 x 1 convolution over its rows. */
const ofProduct: Readonly<Record<string, DataflowDimension>> = { M: "Y'", N: "K", K: "C" };
const ofConvolution: readonly DataflowDimension[] = ["K", "C", "R", "S", "Y", "X", "Y'", "X'"];

const dimensionOf = (dimension: string, { isProduct }: LayerSizes): DataflowDimension | undefined =>
  isProduct ? ofProduct[dimension] : ofConvolution.find((known) => known === dimension);
