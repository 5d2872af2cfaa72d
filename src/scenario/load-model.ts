/** Model files: YAML to a checked Model. */
import type { AccuracyGoal, Model, Variant } from "../core/model.ts";
import type { ReportPlace } from "../input/file-source.ts";
import { reportTwins } from "../input/key-checks.ts";
import type { Path } from "../input/parsed-file.ts";
import { ProblemList } from "../input/problem-list.ts";
import { readYaml } from "../input/read-yaml.ts";
import type { Report } from "../input/report.ts";
import { type ExpandedLayers, expandLayers, MOST_LAYERS } from "./expand-layers.ts";
import type { ModelFile, VariantFile } from "./model-file.ts";
import type { Resolver } from "./resolver.ts";
import type { Shape, ShapeOrNot } from "./shape.ts";
import { switchPointsOf } from "./switch-points.ts";

/** Name of the only variant of a model that has no `variants`. */
const ORIGINAL = "original";

/** Models by file, so that tasks of one model share one object. Cost tables are cached by identity. */
export type ModelCache = Map<string, Model>;

/** Loads a model file. Throws an InputError with all its problems. */
export function loadModel(file: string, resolver: Resolver): Model {
  const problems = new ProblemList();
  const model = modelAt(file, resolver, new Map(), problems);
  problems.finish(resolver.warn?.bind(resolver));
  return model!;
}

/** The model of a file, or undefined after its problems were reported. */
export function modelAt(
  file: string,
  resolver: Resolver,
  cache: ModelCache,
  problems: ProblemList,
  namedAt?: ReportPlace,
  batch?: number,
): Model | undefined {
  const key = batch === undefined ? file : `${file}@${batch}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const checked = readYaml(file, "model", resolver, problems, { namedAt });
  const own = checked && (checked.value as ModelFile | null);
  const model =
    batch !== undefined && own && batch === (own.batch ?? 1)
      ? modelAt(file, resolver, cache, problems, namedAt)
      : checked && modelFrom(own as ModelFile, checked.report, batch);
  if (model !== undefined && !problems.isFull) cache.set(key, model);
  return model;
}

/**
 * The model in the report's part of a file, after its schema check; undefined after problems were reported.
 * With another batch than its own, its name becomes `name@batch`.
 */
export function modelFrom(written: ModelFile, report: Report, batch?: number): Model | undefined {
  if (typeof written !== "object" || written === null || Array.isArray(written)) return undefined;
  const errorsBefore = report.problems.errorCount;
  const file = withBatch(written, batch);
  checkParts(file, report);
  const expanded = variantsOf(file, report);
  const switchPoints =
    Array.isArray(file.switchAt) && report.isSound(["switchAt"])
      ? switchPointsOf(file.switchAt, expanded, report)
      : undefined;
  if (!report.isSound([]) || report.problems.errorCount > errorsBefore) return undefined;
  const { name, title, source, bytesPerElement = 1, accuracy } = file;
  return {
    name,
    ...(title !== undefined && { title }),
    ...(source !== undefined && { source }),
    bytesPerElement,
    variants: expanded.map(({ parts: _parts, ...variant }) => variant),
    ...(switchPoints !== undefined && { switchPoints }),
    ...(accuracy !== undefined && { accuracy: { better: "higher", ...accuracy } satisfies AccuracyGoal }),
  };
}

function withBatch(file: ModelFile, batch = file.batch ?? 1): ModelFile {
  return batch === (file.batch ?? 1) ? file : { ...file, batch, name: `${file.name}@${batch}` };
}

function checkParts(file: ModelFile, report: Report): void {
  if (file.layers === undefined && file.variants === undefined)
    report.problem([], "MISSING_KEY", 'a model needs "layers" (or "variants")', "key");
  if (file.layers !== undefined && file.variants !== undefined)
    report.problem(["variants"], "KEYS_EXCLUDE", "give layers or variants, not both", "key");
  if (file.layers === "measured" && file.variants === undefined) warnOfSizes(file, report);
}

/** Sizes need layers; a table has none. */
function warnOfSizes(file: ModelFile, report: Report): void {
  for (const field of ["input", "bytesPerElement"] as const)
    if (file[field] !== undefined && report.isSound([field]))
      report.warning([field], "NO_EFFECT", "a measured model has no layers that this could apply to", "key");
}

type ExpandedVariant = Variant & Pick<ExpandedLayers, "parts">;

function variantsOf(file: ModelFile, report: Report): ExpandedVariant[] {
  if (file.layers !== undefined) {
    const original: VariantFile = { name: ORIGINAL, layers: file.layers };
    return [variantFrom(original, file, report, ["layers"])];
  }
  if (!Array.isArray(file.variants)) return [];
  const variants = file.variants as readonly VariantFile[];
  const expanded = variants.map((variant, i) => variantFrom(variant, file, report, ["variants", i, "layers"]));
  const total = expanded.reduce((layers, variant) => layers + variant.layers.length, 0);
  if (total > MOST_LAYERS) report.problem(["variants"], "TOO_MANY_LAYERS", `a model has at most ${MOST_LAYERS} layers`);
  reportTwins(variants, "name", "variant", report.within(["variants"]));
  return expanded;
}

function variantFrom(variant: VariantFile, file: ModelFile, report: Report, path: Path): ExpandedVariant {
  const { name, accuracy, layers } = variant ?? {};
  const expanded = Array.isArray(layers)
    ? expandLayers(layers, inputOf(variant, file, report, path), batchOf(file, report), report.within(path))
    : { layers: [], skips: [], exits: [], loops: [], parts: new Map() };
  return { name, ...(accuracy !== undefined && { accuracy }), ...expanded };
}

function inputOf(variant: VariantFile, file: ModelFile, report: Report, path: Path): ShapeOrNot {
  const own = [...path.slice(0, -1), "input"];
  const input = variant.input ?? file.input;
  if (input === undefined) return "none";
  return report.isSound(variant.input === undefined ? ["input"] : own) ? (input as unknown as Shape) : "unknown";
}

const batchOf = (file: ModelFile, report: Report): number => (report.isSound(["batch"]) ? (file.batch ?? 1) : 1);
