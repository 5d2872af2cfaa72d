/** A model as `rtmm show` tells it: variants, layers by block, work and dynamic behaviour. */
import { type Layer, macsOf } from "../../core/layer.ts";
import type { Model, Variant } from "../../core/model.ts";
import type { Block, Description } from "../../output/description.ts";
import { significant } from "../../output/number-text.ts";
import { left, right } from "../../output/text-table.ts";
import { modelWork } from "../feasibility/index.ts";
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
        paragraphs: [...model.variants.flatMap(dynamicTexts), ...switchTexts(model)],
      },
    ],
  };
}

const layersOf = ({ layers }: Variant): string => (layers.length === 0 ? "measured as a whole" : `${layers.length}`);

function factsOf(model: Model, path: string): (readonly [string, string | undefined])[] {
  const [original] = model.variants;
  const { macs, weightBytes, bytes } = modelWork(model);
  const hasLayers = original!.layers.length > 0;
  return [
    ["layers", layersOf(original!)],
    ["MACs", hasLayers ? `${significant(macs / 1e6)} million` : undefined],
    ["weights", hasLayers ? `${significant(weightBytes / 1e6)} MB` : undefined],
    ["data", hasLayers ? `${significant(bytes / 1e6)} MB of weights, inputs and outputs of all layers` : undefined],
    ["element", `${model.bytesPerElement} byte${model.bytesPerElement === 1 ? "" : "s"}`],
    ["accuracy", accuracyText(model)],
    ["source", model.source],
    ["file", path],
  ];
}

function accuracyText({ accuracy }: Model): string | undefined {
  if (accuracy === undefined) return undefined;
  const { metric, required, measured, better } = accuracy;
  const found = measured === undefined ? "" : `, measured ${measured}`;
  return `${metric}: required ${required}${found} (${better} is better)`;
}

function recordOf(model: Model, path: string): object {
  const { name, title, source, bytesPerElement, accuracy, variants, switchPoints } = model;
  return {
    kind: "model",
    name,
    title: title ?? null,
    source: source ?? null,
    file: path,
    bytesPerElement,
    accuracy: accuracy ?? null,
    switchPoints: switchPoints ?? [],
    variants: variants.map((variant, i) => ({
      name: variant.name,
      accuracy: variant.accuracy ?? null,
      ...modelWork(model, i),
      skips: variant.skips,
      exits: variant.exits,
      loops: variant.loops,
      layers: variant.layers.map((layer) => ({ ...layer, macs: macsOf(layer) })),
    })),
  };
}

function variantTable(model: Model): Block {
  const rows = model.variants.map((variant, i) => {
    const { macs, weightBytes } = modelWork(model, i);
    const accuracy = variant.accuracy === undefined ? "-" : String(variant.accuracy);
    return [variant.name, layersOf(variant), significant(macs / 1e6), significant(weightBytes / 1e6), accuracy];
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
  readonly layers: Layer[];
}

function blockTable(model: Model, variant: Variant): Block {
  const numbers = ["layers", "output", "MMACs", "weights kB"];
  return {
    kind: "table",
    title: model.variants.length > 1 ? `Layers of ${variant.name}` : "Layers",
    columns: [left("block"), ...numbers.map(right)],
    rows: layerBlocks(variant).map(({ name, layers }) => [
      name + roundsText(layers),
      String(layers.length),
      outputText(layers.at(-1)!),
      significant(layers.reduce((sum, layer) => sum + macsOf(layer), 0) / 1e6),
      significant((layers.reduce((sum, layer) => sum + weightElements(layer), 0) * model.bytesPerElement) / 1e3),
    ]),
  };
}

/** Of a repeated block, whose layers are called name[0].…, name[1].… */
function roundsText(layers: readonly Layer[]): string {
  const rounds = new Set(layers.map(({ name }) => /^[^.[]*\[\d+\]/.exec(name)?.[0]));
  return rounds.size > 1 ? ` x ${rounds.size}` : "";
}

const weightElements = (layer: Layer): number => (layer.kind === "convolution" ? layer.weightElements : 0);

/** Neighbours whose names start alike, up to the first dot or bracket, are one block. */
function layerBlocks({ layers }: Variant): LayerBlock[] {
  const blocks: LayerBlock[] = [];
  for (const layer of layers) {
    const name = /^[^.[]*/.exec(layer.name)![0] || layer.name;
    const last = blocks.at(-1);
    if (last?.name === name) last.layers.push(layer);
    else blocks.push({ name, layers: [layer] });
  }
  return blocks;
}

/** Channels x rows x columns, or the number of elements of a layer that only moves data. */
function outputText(layer: Layer): string {
  if (layer.kind === "memory") return `${layer.outputElements}`;
  const { operator, groups, inputChannels, outputChannels, outputRows, outputColumns } = layer;
  const channels = groups * outputChannels * (operator === "depthwise" ? inputChannels : 1);
  return `${channels}x${outputRows}x${outputColumns}`;
}

function dynamicTexts({ name, layers, skips, exits, loops }: Variant): string[] {
  const layerName = (index: number) => layers[index]?.name ?? `layer ${index}`;
  return [
    ...skips.map(({ firstLayer, endLayer, probability }) => {
      const range = endLayer - firstLayer === 1 ? "" : ` to ${layerName(endLayer - 1)}`;
      return `${name}: ${layerName(firstLayer)}${range} skipped with probability ${probability}`;
    }),
    ...exits.map(
      ({ afterLayer, probability }) => `${name}: done after ${layerName(afterLayer)} with probability ${probability}`,
    ),
    ...loops.map(({ firstLayer, layersPerStep, stepProbabilities }) => {
      const mean = stepProbabilities.reduce((sum, probability, i) => sum + probability * (i + 1), 0);
      const most = stepProbabilities.length;
      return `${name}: 1 to ${most} steps of ${layersPerStep} layers from ${layerName(firstLayer)} on, ${significant(mean)} on average`;
    }),
  ];
}

/** Where a job may change its variant, by the layers of the original. */
function switchTexts({ variants, switchPoints = [] }: Model): string[] {
  const names = switchPoints.map(([layer]) => variants[0]!.layers[layer!]!.name);
  return names.length === 0 ? [] : [`a running job may change its variant before ${names.join(", ")}`];
}
