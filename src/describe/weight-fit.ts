/** Which models' weights fit together on a system, for `rtmm show`. */
import type { ModelWeights, WeightFit } from "../analysis/feasibility/index.ts";
import type { System } from "../core/system.ts";
import type { Block } from "../output/description.ts";
import { nothing, significant } from "../output/number-text.ts";
import { left, right } from "../output/text-table.ts";
import { msText, shortNumber } from "./short-figures.ts";

/** The memories of a system. Output leaves out a table without rows. */
export function weightMemoryTable({ accelerators }: System): Block {
  const numbers = ["MB", "GB/s", "pJ/byte"];
  return {
    kind: "table",
    title: "Memories for weights (loads overlap with work, or come before it)",
    columns: [left("accelerator"), ...numbers.map(right), left("overlap")],
    rows: accelerators.flatMap(({ id, weights }) => {
      if (weights === undefined) return [];
      const { bytes, bandwidthGBs, energyPjPerByte, overlap } = weights;
      const size = bytes === undefined ? "1 model" : megabytes(bytes);
      return [[id, size, finite(bandwidthGBs), shortNumber(energyPjPerByte), overlap]];
    }),
  };
}

/** Where tables alone give the times of loads, there is no bandwidth. */
const finite = (value: number): string => (Number.isFinite(value) ? shortNumber(value) : nothing);

const megabytes = (bytes: number): string => significant(bytes / 1e6);

export const weightFitRecords = (fits: readonly WeightFit[]): object[] =>
  fits.map(({ acceleratorId, bytes, models, groups }) => ({
    accelerator: acceleratorId,
    bytes: bytes ?? null,
    models: models.map(({ modelName, variantName, bytes: own, loadNs, keptBy }) => ({
      model: modelName,
      variant: variantName,
      bytes: Number.isNaN(own) ? null : own,
      loadMs: loadNs / 1e6,
      keptBy,
    })),
    fitTogether: groups ?? null,
  }));

export const weightFitBlocks = (fits: readonly WeightFit[]): Block[] => [
  {
    kind: "table",
    title: "Weights (of a model that does not fit, layers come and go)",
    columns: [left("accelerator"), left("model"), right("MB"), right("load ms"), left("kept by")],
    rows: fits.flatMap(({ acceleratorId, models }) => models.map((model) => modelRow(acceleratorId, model))),
  },
  { kind: "paragraphs", title: "Which weights fit together", paragraphs: fitTexts(fits) },
];

function modelRow(acceleratorId: string, { modelName, variantName, isOriginal, ...weights }: ModelWeights): string[] {
  const { bytes, loadNs, keptBy } = weights;
  const name = isOriginal ? modelName : `${modelName} (${variantName})`;
  return [acceleratorId, name, Number.isNaN(bytes) ? nothing : megabytes(bytes), msText(loadNs), keptBy];
}

const fitTexts = (fits: readonly WeightFit[]): string[] =>
  fits.length === 0 ? [] : [...fits.map(fitText), "Loads and bounds above do not count what loading weights takes."];

function fitText({ acceleratorId, bytes, models, groups }: WeightFit): string {
  const size = bytes === undefined ? "one model at a time" : `${megabytes(bytes)} MB`;
  return `${acceleratorId} (${size}): ${groupsText(models, groups)}`;
}

function groupsText(models: WeightFit["models"], groups: WeightFit["groups"]): string {
  const originals = models.filter(({ isOriginal }) => isOriginal);
  if (originals.length === 0) return "no model has weights to load here.";
  if (groups === undefined) return "the models do not all fit together, and are too many to try all groups of them.";
  const [first] = groups;
  if (groups.length === 1 && first!.length === originals.length)
    return first!.length === 1 ? "it has to be loaded once." : "all models fit together; each has to be loaded once.";
  const fitting =
    groups.length === 0 ? [] : [`${groupList(groups)}; whoever comes in turn with others is loaded again`];
  return `${[...fitting, ...layerTexts(originals)].join(". ")}.`;
}

/** Of models whose layers come and go: why they do. */
function layerTexts(models: WeightFit["models"]): readonly string[] {
  const byLayer = models.filter(({ keptBy }) => keptBy === "layers");
  const larger = byLayer.filter(({ bytes }) => !Number.isNaN(bytes));
  const unknown = byLayer.filter(({ bytes }) => Number.isNaN(bytes));
  return [
    ...textOf(larger, "larger than the memory, loaded again by layer"),
    ...textOf(unknown, "several layers of unknown sizes, each of which fills the memory, loaded again by layer"),
  ];
}

const textOf = (models: WeightFit["models"], what: string): readonly string[] =>
  models.length === 0 ? [] : [`${models.map(({ modelName }) => modelName).join(", ")}: ${what}`];

const MOST_GROUPS = 8;

function groupList(groups: readonly (readonly string[])[]): string {
  const shown = groups.slice(0, MOST_GROUPS).map((names) => names.join(" + "));
  const more = groups.length > MOST_GROUPS ? `, and ${groups.length - MOST_GROUPS} more groups` : "";
  const alone = groups.every(({ length }) => length === 1);
  return alone
    ? `each model fits alone (${shown.join(", ")}${more})`
    : `these fit together: ${shown.join(", ")}${more}`;
}
