/** Problems with measured costs, as data that a caller can locate in a file. */
import type { CostTable, VariantCosts } from "../core/costs.ts";
import type { Model } from "../core/model.ts";
import type { System, TableCosts, TableRow } from "../core/system.ts";
import { profileOf } from "./profile.ts";
import { isProfiled, measurementsOf, repeatedRows } from "./table.ts";

/** Why a system cannot run a model. */
export interface CostProblem {
  readonly code:
    | "NO_COST"
    | "UNKNOWN_LAYER"
    | "UNKNOWN_VARIANT"
    | "TOO_MANY_UNITS"
    | "REPEATED_ROW"
    | "MIXED_ROWS"
    | "LAYER_ORDER";
  readonly modelName: string;
  readonly variantName?: string;
  readonly layerName?: string;
  /** Absent: the problem concerns all accelerators. */
  readonly acceleratorId?: string;
  /** `file:line` of the wrong row; absent if a row is missing. */
  readonly rowPlace?: string;
  /** Names that would be valid instead. */
  readonly known?: readonly string[];
  readonly message: string;
}

/** Costs that cannot be used; carries all problems. */
export class CostError extends Error {
  override readonly name = "CostError";
  readonly problems: readonly CostProblem[];

  constructor(problems: readonly CostProblem[]) {
    super(problems.map((problem) => problem.message).join("\n"));
    this.problems = problems;
  }
}

/** Rows of the system's tables that do not fit the models; rows of other models are ignored. */
export function rowProblems(models: readonly Model[], system: System): readonly CostProblem[] {
  const ofAccelerators = system.accelerators.flatMap(({ id, costs, units }) =>
    costs.kind === "table" ? models.flatMap((model) => modelRowProblems(model, id, costs, units)) : [],
  );
  return [...ofAccelerators, ...models.flatMap((model) => orderProblems(model, system))];
}

/** A measured model has one order of layers. */
function orderProblems(model: Model, system: System): CostProblem[] {
  return model.variants.flatMap((variant) => {
    const { contradiction } = profileOf(model, variant, system);
    if (contradiction === undefined) return [];
    const { layerName, otherName, row } = contradiction;
    const message = `accelerators give the layers of model ${model.name} in different orders: ${otherName} comes before ${layerName} on one and behind it on another`;
    return [
      { code: "LAYER_ORDER", modelName: model.name, variantName: variant.name, layerName, ...rowPlace(row), message },
    ];
  });
}

function modelRowProblems(model: Model, acceleratorId: string, costs: TableCosts, units: number): CostProblem[] {
  const place = { modelName: model.name, acceleratorId };
  const rows = costs.rows.filter((row) => row.model === model.name);
  const repeated = repeatedRows(costs, units, model);
  return [
    ...rows.flatMap((row) => unknownNames(model, row, acceleratorId)),
    ...rows.filter((row) => (row.units ?? 1) > units).map((row) => tooManyUnits(row, acceleratorId, units)),
    ...repeated.map((row): CostProblem => {
      const message = `accelerator ${acceleratorId} has two costs for ${rowText(row)}`;
      return { ...place, ...rowPlace(row), ...layerPlace(row), code: "REPEATED_ROW", message };
    }),
    ...mixedRows(model, acceleratorId, costs, units),
  ];
}

const rowPlace = ({ place }: TableRow) => (place === undefined ? {} : { rowPlace: place });

function tooManyUnits(row: TableRow, acceleratorId: string, units: number): CostProblem {
  const message = `the cost of ${rowText(row)} is for ${row.units} units, but accelerator ${acceleratorId} has ${units}`;
  return { code: "TOO_MANY_UNITS", modelName: row.model, ...rowPlace(row), ...layerPlace(row), acceleratorId, message };
}

function unknownNames(model: Model, row: TableRow, acceleratorId: string): CostProblem[] {
  const variants = model.variants.filter((variant) => row.variant === undefined || variant.name === row.variant);
  const place = { modelName: model.name, acceleratorId, ...rowPlace(row) };
  if (variants.length === 0) {
    const message = `model ${model.name} has no variant ${row.variant}, but accelerator ${acceleratorId} has a cost for it`;
    const known = model.variants.map(({ name }) => name);
    return [{ ...place, code: "UNKNOWN_VARIANT", variantName: row.variant!, known, message }];
  }
  const isKnown = variants.some(({ layers }) => layers.some((layer) => layer.name === row.layer));
  if (row.layer === undefined || isKnown || isProfiled(row, model)) return [];
  const message = `model ${model.name} has no layer ${row.layer}, but accelerator ${acceleratorId} has a cost for it`;
  const known = variants.flatMap(({ layers }) => layers.map(({ name }) => name));
  return [{ ...place, code: "UNKNOWN_LAYER", layerName: row.layer, known, message }];
}

/** Costs of a whole model beside costs of some layers: it is unclear which to use. */
function mixedRows(model: Model, acceleratorId: string, costs: TableCosts, units: number): CostProblem[] {
  return model.variants.flatMap((variant) => {
    const { hasWholeModel, hasLayers, unnamedLayers } = measurementsOf(costs, units, model, variant);
    if (hasWholeModel && hasLayers && variant.layers.length === 0) {
      const message = `accelerator ${acceleratorId} has a cost for the whole model ${model.name} and costs for layers of it; a measured model has one or the other`;
      return [{ code: "MIXED_ROWS", modelName: model.name, variantName: variant.name, acceleratorId, message }];
    }
    const [layerName] = unnamedLayers;
    if (!hasWholeModel || layerName === undefined) return [];
    const message =
      `accelerator ${acceleratorId} has costs for the whole model ${model.name} and for some of its layers, ` +
      `but none for ${listText(unnamedLayers)}`;
    return [
      { code: "MIXED_ROWS", modelName: model.name, variantName: variant.name, layerName, acceleratorId, message },
    ];
  });
}

/** Layers that no accelerator can run; one problem for each variant, which names the first layer. */
export function coverageProblems({ columns, models }: CostTable): readonly CostProblem[] {
  return [...models.values()].flatMap(({ model, variants }) =>
    variants.flatMap((variant) => uncoveredProblem(model, variant, columns)),
  );
}

function uncoveredProblem(model: Model, variant: VariantCosts, columns: number): CostProblem[] {
  const { latencyNs, layerNames, variantName } = variant;
  const uncovered = layerNames.filter((_, layer) => {
    for (let at = layer * columns; at < (layer + 1) * columns; at++) if (latencyNs[at] !== Infinity) return false;
    return true;
  });
  const [layerName] = uncovered;
  if (layerName === undefined) return [];
  const name = model.variants.length > 1 ? `model ${model.name} (variant ${variantName})` : `model ${model.name}`;
  const which = uncovered.length === layerNames.length ? "" : `: no cost for ${listText(uncovered)}`;
  const message = `no accelerator can run ${name}${which}`;
  return [{ code: "NO_COST", modelName: model.name, variantName, layerName, message }];
}

const layerPlace = (row: TableRow): { layerName?: string } => (row.layer === undefined ? {} : { layerName: row.layer });

function rowText({ model, layer }: TableRow): string {
  return layer === undefined ? `model ${model}` : `layer ${layer} of model ${model}`;
}

function listText(names: readonly string[]): string {
  const more = names.length > 1 ? ` and ${names.length - 1} more` : "";
  return `layer ${names[0]}${more}`;
}
