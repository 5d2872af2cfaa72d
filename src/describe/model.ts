/** A model, for `rtmm show`: variants, layers by block, work and dynamic behaviour. */
import { isDynamic, modelWork, ownWeightElements } from "../analysis/feasibility/index.ts";
import { type Layer, macsOf } from "../core/layer.ts";
import type { Model, Variant } from "../core/model.ts";
import type { Block, Description } from "../output/description.ts";
import { readable, scaled, significant } from "../output/number-text.ts";
import { left, right } from "../output/text-table.ts";
import { counted } from "../output/words.ts";
import { dynamicTexts, exitShares, expectedLayerCount } from "./dynamics.ts";
import { fileRecord } from "./file-record.ts";
import { titleText } from "./title-text.ts";

export function describeModel(model: Model, path: string): Description {
  return {
    record: recordOf(model, path),
    blocks: [
      { kind: "title", text: titleText(model) },
      { kind: "facts", facts: factsOf(model, path) },
      variantTable(model),
      ...model.variants.map((variant) => blockTable(model, variant)),
      {
        kind: "paragraphs",
        title: "Dynamic behaviour",
        paragraphs: dynamicTexts(model),
      },
    ],
  };
}

const layersOf = ({ layers }: Variant): string => (layers.length === 0 ? "measured" : `${layers.length}`);

function factsOf(model: Model, path: string): (readonly [string, string | undefined])[] {
  const [original] = model.variants;
  return [
    ["layers", layersOf(original!) + layersRunText(original!)],
    ...workFacts(model),
    ["element", counted(model.bytesPerElement, "byte")],
    ["accuracy", accuracyText(model)],
    ["source", model.source],
    ["file", path],
  ];
}

/** None of a model whose layers are not known. */
function workFacts(model: Model): (readonly [string, string])[] {
  const work = modelWork(model);
  if (work === undefined) return [];
  const { macs, mostMacs, weightBytes, bytes } = work;
  const most = isDynamic(model.variants[0]!)
    ? ` on average, ${significant(mostMacs / 1e6)} million if all layers run`
    : "";
  return [
    ["MACs", `${significant(macs / 1e6)} million${most}`],
    ["weights", `${significant(weightBytes / 1e6)} MB`],
    ["data", `${significant(bytes / 1e6)} MB of weights, inputs and outputs of all layers`],
  ];
}

/** Skips, exits and short loops leave layers out. */
function layersRunText(variant: Variant): string {
  if (!isDynamic(variant) || variant.layers.length === 0) return "";
  const layersRun = expectedLayerCount(variant);
  const share = readable(1 - layersRun / variant.layers.length, "share");
  return `, of which ${significant(layersRun)} run on average (${share} % are left out)`;
}

function accuracyText({ accuracy }: Model): string | undefined {
  if (accuracy === undefined) return undefined;
  const { metric, required, measured, better } = accuracy;
  const found = measured === undefined ? "" : `, measured ${measured}`;
  return `${metric}: required ${required}${found} (${better} is better)`;
}

function recordOf(model: Model, path: string): object {
  const { bytesPerElement, accuracy, variants, switchPoints } = model;
  return {
    ...fileRecord("model", model, path),
    bytesPerElement,
    accuracy: accuracy ?? null,
    switchPoints: switchPoints ?? [],
    variants: variants.map((variant, i) => ({
      name: variant.name,
      accuracy: variant.accuracy ?? null,
      ...(modelWork(model, i) ?? noWork),
      expectedLayers: variant.layers.length === 0 ? null : expectedLayerCount(variant),
      skips: variant.skips,
      exits: variant.exits.map((exit, k) => ({ ...exit, shareOfJobs: exitShares(variant)[k] })),
      loops: variant.loops,
      layers: variant.layers.map((layer) => ({ ...layer, macs: macsOf(layer) })),
    })),
  };
}

const noWork = { macs: null, mostMacs: null, weightBytes: null, bytes: null };

function variantTable(model: Model): Block {
  const rows = model.variants.map((variant, i) => {
    const { macs, weightBytes } = modelWork(model, i) ?? {};
    const accuracy = variant.accuracy === undefined ? "-" : String(variant.accuracy);
    return [variant.name, layersOf(variant), scaled(macs, 1e6), scaled(weightBytes, 1e6), accuracy];
  });
  const numbers = ["layers", "MMACs", "weights MB", "accuracy"];
  return {
    kind: "table",
    title: "Variants",
    columns: [left("variant"), ...numbers.map(right)],
    rows: rows.length > 1 ? rows : [],
  };
}

interface LayerBlock {
  readonly name: string;
  /** Index of its first layer. */
  readonly first: number;
  readonly layers: Layer[];
}

function blockTable(model: Model, variant: Variant): Block {
  const numbers = ["layers", "output", "MMACs", "weights kB"];
  const weights = ownWeightElements(variant);
  return {
    kind: "table",
    title: model.variants.length > 1 ? `Layers of ${variant.name}` : "Layers",
    columns: [left("block"), ...numbers.map(right)],
    rows: layerBlocks(variant).map(({ name, first, layers }) => {
      const elements = weights.slice(first, first + layers.length).reduce((sum, each) => sum + each, 0);
      return [
        name + roundsText(layers),
        String(layers.length),
        outputText(layers.at(-1)!),
        significant(layers.reduce((sum, layer) => sum + macsOf(layer), 0) / 1e6),
        significant((elements * model.bytesPerElement) / 1e3),
      ];
    }),
  };
}

/** ` x 3` for a block that repeats three times: its layers are called name[0].…, name[1].…, name[2].… */
function roundsText(layers: readonly Layer[]): string {
  const rounds = new Set(layers.map(({ name }) => /^[^.[]*\[\d+\]/.exec(name)?.[0]));
  return rounds.size > 1 ? ` x ${rounds.size}` : "";
}

/** Neighbouring layers form a block if their names are the same up to the first dot or bracket. */
function layerBlocks({ layers }: Variant): LayerBlock[] {
  const blocks: LayerBlock[] = [];
  for (const [first, layer] of layers.entries()) {
    const name = /^[^.[]*/.exec(layer.name)![0] || layer.name;
    const last = blocks.at(-1);
    if (last?.name === name) last.layers.push(layer);
    else blocks.push({ name, first, layers: [layer] });
  }
  return blocks;
}

/** Channels x rows x columns. For a layer that only moves data, the number of elements. */
function outputText(layer: Layer): string {
  if (layer.kind === "memory") return `${layer.outputElements}`;
  const { operator, groups, inputChannels, outputChannels, producedRows, producedColumns } = layer;
  const channels = groups * outputChannels * (operator === "depthwise" ? inputChannels : 1);
  return `${channels}x${producedRows}x${producedColumns}`;
}
