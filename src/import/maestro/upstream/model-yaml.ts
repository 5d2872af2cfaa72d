/** Writes a network of MAESTRO's own files as a model, with the work that MAESTRO's layers have. */
import { printable } from "../../../input/printable.ts";
import { distinctNames, fileName } from "../../ids.ts";
import type { ImportedFile, ImportOptions, ModelTotals } from "../../imported.ts";
import { onOneLine, yamlFile } from "../../yaml-file.ts";
import type { Sizes, UpstreamLayer } from "./layer.ts";
import type { UpstreamNetwork } from "./workload.ts";

export const formatTitle = "MAESTRO";
const longestName = 160;

/** Whether C of an NGCONV counts the channels of each group, as in MAESTRO, or those of all groups. */
export type GroupChannels = "each" | "all";

export interface ImportedModel {
  readonly file: ImportedFile;
  readonly totals: ModelTotals;
}

export function upstreamModel(
  network: UpstreamNetwork,
  name: string,
  file: string,
  groupChannels: GroupChannels,
  options: ImportOptions,
): ImportedModel {
  const names = distinctNames(
    network.layers.map((layer) => printable(layer.name).slice(0, longestName)),
    ["input"],
  );
  const layers = network.layers.map((layer) => importedLayer(layer, groupChannels));
  const written = layers.map(({ fields, remark }, index) => onOneLine({ name: names[index], ...fields }, remark));
  const model = {
    name,
    title: printable(network.name),
    source: `${fileName(file)}, network ${printable(network.name)}`,
    layers: written,
  };
  return {
    file: yamlFile(model, { schema: "model", sources: [file], format: formatTitle }, options),
    totals: { model: name, layers: layers.length, macs: sum(layers, "macs"), weights: sum(layers, "weights") },
  };
}

interface ImportedLayer {
  readonly fields: Readonly<Record<string, string | number | readonly number[]>>;
  readonly remark?: string;
  readonly macs: number;
  readonly weights: number;
}

const sum = (layers: readonly ImportedLayer[], key: "macs" | "weights"): number =>
  layers.reduce((total, layer) => total + layer[key], 0);

function importedLayer(layer: UpstreamLayer, groupChannels: GroupChannels): ImportedLayer {
  const { type, sizes } = layer;
  if (type === "GEMM") {
    const { M = 1, N = 1, K = 1 } = sizes;
    return { fields: { type: "gemm", out: N, rows: M, in: K }, macs: M * N * K, weights: N * K };
  }
  const { N = 1, R = 1, S = 1 } = sizes;
  const { groups, K, C } = channelsOf(layer, groupChannels);
  const weights = (K * C * R * S) / (type === "DSCONV" ? 1 : groups);
  const rows = outputs(sizes, "Y", R, layer.strides.Y);
  const columns = outputs(sizes, "X", S, layer.strides.X);
  const remark = remarkOn(layer, groupChannels);
  return {
    fields: {
      type: type === "DSCONV" ? "depthwise-conv" : "conv",
      K,
      C,
      ...(groups > 1 && { groups }),
      ...positionsOf(sizes),
      R,
      S,
      ...strideOf(layer),
      ...(N > 1 && { N }),
    },
    ...(remark !== undefined && { remark }),
    macs: N * rows * columns * weights,
    weights,
  };
}

/** Of all groups together, as rtmm counts them. */
function channelsOf({ type, sizes }: UpstreamLayer, groupChannels: GroupChannels) {
  const { G = 1, K = 1, C = 1 } = sizes;
  if (type !== "NGCONV") return { groups: 1, K, C };
  const areAll = groupChannels === "all" && C % G === 0;
  return { groups: G, K: G * K, C: areAll ? C : G * C };
}

/** An input smaller than the filter gives one output, as in rtmm's models. */
function outputs(sizes: Sizes, letter: "Y" | "X", filter: number, stride = 1): number {
  const output = sizes[`${letter}'`];
  if (output !== undefined) return output;
  return Math.max(0, Math.floor(((sizes[letter] ?? 1) - filter) / stride)) + 1;
}

function positionsOf(sizes: Sizes): Record<string, number> {
  const names = ["Y", "Y'", "X", "X'"] as const;
  return Object.fromEntries(names.flatMap((name) => (sizes[name] === undefined ? [] : [[name, sizes[name]]])));
}

function strideOf({ strides: { Y = 1, X = 1 } }: UpstreamLayer): { readonly stride?: number | readonly number[] } {
  if (Y !== X) return { stride: [Y, X] };
  return Y === 1 ? {} : { stride: Y };
}

function remarkOn({ type, sizes }: UpstreamLayer, groupChannels: GroupChannels): string | undefined {
  if (type === "TRCONV") return "TRCONV, counted as CONV";
  if (type !== "NGCONV") return undefined;
  const { G = 1, K = 1, C = 1 } = sizes;
  return `NGCONV: G ${G}, K ${K}, C ${C} ${groupChannels === "all" ? "(C of all groups)" : "(of each group)"}`;
}
