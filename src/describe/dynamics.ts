/** Dynamic behaviour of a model in words: skips, exits, loops and switch points, with their probabilities. */
import { runProbabilities } from "../analysis/feasibility/index.ts";
import type { EarlyExit, Model, SkipGate, VariableLoop, Variant } from "../core/model.ts";
import { significant } from "../output/number-text.ts";
import { counted } from "../output/words.ts";
import { shortNumber } from "./short-figures.ts";

/** Expected number of layers that a job runs. */
export const expectedLayerCount = (variant: Variant): number =>
  runProbabilities(variant).reduce((sum, probability) => sum + probability, 0);

/** Share of all jobs that take each exit, 0 to 1. An exit's probability is the share of the jobs that get there. */
export function exitShares(variant: Variant): number[] {
  const runs = runProbabilities(variant);
  return variant.exits.map(({ afterLayer, probability }) => runs[afterLayer]! * probability);
}

export function dynamicTexts(model: Model): string[] {
  return [...model.variants.flatMap((variant) => variantTexts(model, variant)), ...switchTexts(model)];
}

function variantTexts(model: Model, variant: Variant): string[] {
  const name = model.variants.length === 1 ? "" : `${variant.name}: `;
  const shares = exitShares(variant);
  const texts = [
    ...gateGroups(variant.skips).map((gates) => gatesText(variant, gates)),
    ...variant.exits.map((exit, i) => exitText(variant, exit, shares[i]!)),
    ...variant.loops.map((loop) => loopText(variant, loop)),
  ];
  return texts.map((text) => name + text);
}

/** Groups of neighbouring gates with the same probability. */
function gateGroups(skips: readonly SkipGate[]): SkipGate[][] {
  const groups: SkipGate[][] = [];
  for (const gate of skips) {
    const last = groups.at(-1);
    if (last?.at(0)?.probability === gate.probability) last.push(gate);
    else groups.push([gate]);
  }
  return groups;
}

function gatesText(variant: Variant, gates: readonly SkipGate[]): string {
  const [first] = gates;
  const { firstLayer, probability } = first!;
  const { endLayer } = gates.at(-1)!;
  const from = layerName(variant, firstLayer);
  const range = endLayer - firstLayer === 1 ? from : `${from} to ${layerName(variant, endLayer - 1)}`;
  if (gates.length === 1) return `${range} skipped with probability ${probability}`;
  return `${gates.length} groups of layers from ${range}, each skipped with probability ${probability}`;
}

function exitText(variant: Variant, { afterLayer, probability, accuracy }: EarlyExit, share: number): string {
  const known = accuracy === undefined ? "" : `, with accuracy ${accuracy}`;
  const jobs = `${shortNumber(share * 100)} % of all jobs`;
  return `exits after ${layerName(variant, afterLayer)} with probability ${probability} (${jobs})${known}`;
}

/** More lengths than this are summarised as a range. */
const MOST_LENGTHS = 8;

function loopText(variant: Variant, { firstLayer, layersPerStep, stepProbabilities }: VariableLoop): string {
  const lengths = [...stepProbabilities.entries()].filter(([, probability]) => probability > 0);
  const mean = lengths.reduce((sum, [i, probability]) => sum + probability * (i + 1), 0);
  const each = lengths.map(([i, probability]) => `${i + 1} (${shortNumber(probability * 100)} %)`);
  const range = `${lengths[0]![0] + 1} to ${lengths.at(-1)![0] + 1}`;
  const steps = each.length <= MOST_LENGTHS ? each.join(", ") : range;
  const loop = `loop from ${layerName(variant, firstLayer)}, ${counted(layersPerStep, "layer")} per step`;
  return `${loop}; steps: ${steps}; ${significant(mean)} on average`;
}

const layerName = ({ layers }: Variant, index: number): string => layers[index]?.name ?? `layer ${index}`;

/** The switch points, by layers of the original variant. */
function switchTexts({ variants, switchPoints = [] }: Model): string[] {
  const names = switchPoints.map(([layer]) => variants[0]!.layers[layer!]!.name);
  return names.length === 0 ? [] : [`a running job may change its variant before ${names.join(", ")}`];
}
