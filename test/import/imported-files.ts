/** What the files of an import are to rtmm's loaders, and what a wrong source reports. */
import { macsOf } from "../../src/core/layer.ts";
import type { Model } from "../../src/core/model.ts";
import type { ImportResult } from "../../src/import/index.ts";
import { InputError } from "../../src/input/input-error.ts";
import type { Problem } from "../../src/input/problem.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { memoryFiles } from "../input/memory-files.ts";

/** All files of an import in one folder. */
export const filesOf = ({ files }: ImportResult, warnings: Problem[] = []) =>
  memoryFiles(Object.fromEntries(files.map(({ fileName, text }) => [fileName, text])), warnings);

/** The models of an import as rtmm loads them, by name. */
export function modelsOf(result: ImportResult): ReadonlyMap<string, Model> {
  const files = filesOf(result);
  const models = result.files.filter(({ kind }) => kind === "model");
  return new Map(models.map(({ name, fileName }) => [name, loadModel(fileName, files)]));
}

/** Multiply-accumulates of all layers, as rtmm counts them. */
export const macsOfModel = (model: Model): number =>
  model.variants[0]!.layers.reduce((sum, layer) => sum + macsOf(layer), 0);

/** Code, line and column of what a wrong source reports; none where it is accepted. */
export function importProblems(
  convert: () => unknown,
): readonly (readonly [code: string, line: number | undefined, column: number | undefined])[] {
  try {
    convert();
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code, line, column }) => [code, line, column]);
    throw error;
  }
  return [];
}

/** Ways in which tools and people save the same text, all of which must come in as the text itself. */
export const resaved: readonly (readonly [how: string, (text: string) => string])[] = [
  ["CRLF line ends", (text) => text.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n")],
  ["a byte order mark", (text) => `\uFEFF${text.replace(/^\uFEFF/, "")}`],
  ["no line end at its end", (text) => text.trimEnd()],
  ["blank lines at its end", (text) => `${text}\n\n  \n`],
];
