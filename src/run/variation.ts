/** Parses variations as users write them: `system.accelerators[0].pes=2048`, `1.5`, `ht=2,es=1.5`. */

import { decimal } from "../input/decimal.ts";
import { parsePlace } from "../input/overrides.ts";
import { ProblemList } from "../input/problem-list.ts";
import { quote } from "../input/quote.ts";
import { RequestError } from "../input/request-error.ts";
import { parseYaml } from "../input/yaml-document.ts";
import type { Variation } from "../records/run-result.ts";
import { isFactor } from "../scenario/rate-scale.ts";

export interface VariationSettings {
  /** Values by place. Each place begins with `system.` or `scenario.`. */
  readonly set: Readonly<Record<string, unknown>>;
  readonly rateScale: NonNullable<Variation["rateScale"]>;
  /** `system.estimateError`, whatever `set` says; undefined: as it is there or in the file. */
  readonly estimateError?: number | undefined;
}

/** Returns undefined if nothing differs from the files. */
export function variationOf({ set, rateScale, estimateError }: VariationSettings): Variation | undefined {
  const all = estimateError === undefined ? set : { ...set, "system.estimateError": estimateError };
  const of = (file: "system" | "scenario") => {
    const entries = Object.entries(all).filter(([place]) => place.startsWith(`${file}.`));
    if (entries.length === 0) return {};
    return { [file]: Object.fromEntries(entries.map(([place, value]) => [place.slice(file.length + 1), value])) };
  };
  const isScaled = typeof rateScale === "number" ? rateScale !== 1 : Object.keys(rateScale).length > 0;
  const variation: Variation = { ...of("system"), ...of("scenario"), ...(isScaled && { rateScale }) };
  return Object.keys(variation).length === 0 ? undefined : variation;
}

/** Says what is wrong with a place; undefined if it looks valid. Only the file shows whether it exists. */
export function placeProblem(place: string): string | undefined {
  const [, inFile = ""] = /^(?:system|scenario)[.](.*)$/.exec(place) ?? [];
  if (inFile !== "" && parsePlace(inFile) !== undefined) return undefined;
  return `write a place like system.accelerators[0].pes or scenario.tasks.<id>.fps, got ${quote(place)}`;
}

/** The value is YAML, such as a number, a word or `[1, 2]`. Throws RequestError. */
export function parseSetting(text: string): readonly [place: string, value: unknown] {
  const at = text.indexOf("=");
  if (at < 1) throw new RequestError(`write a setting as place=value, got ${quote(text)}`);
  const place = text.slice(0, at).trim();
  const problem = placeProblem(place);
  if (problem !== undefined) throw new RequestError(problem);
  return [place, yamlValue(text.slice(at + 1), place)];
}

function yamlValue(text: string, place: string): unknown {
  if (text.trim() === "") throw new RequestError(`${place} needs a value; use null to remove the field`);
  const problems = new ProblemList();
  const file = parseYaml(place, text, problems);
  if (file !== undefined) return file.value;
  throw new RequestError(
    `cannot read the value of ${place}, ${quote(text)}: ${problems.sorted()[0]?.message ?? "it is empty"}`,
  );
}

/** `1.5` for all tasks, `ht=2,es=1.5` for some. Throws RequestError. */
export function parseRateScale(text: string): VariationSettings["rateScale"] {
  const factor = decimal(text);
  if (isFactor(factor)) return factor;
  const entries = text.split(",").map((each) => {
    const [, id, value = ""] = /^\s*([^=\s]+)\s*=\s*(\S+)\s*$/.exec(each) ?? [];
    return [id, decimal(value)] as const;
  });
  const twice = entries.find(([id], index) => id !== undefined && entries.findIndex(([each]) => each === id) < index);
  if (twice !== undefined) throw new RequestError(`the rate scale of task ${quote(twice[0]!)} is given twice`);
  if (entries.every(([id, value]) => id !== undefined && isFactor(value))) return Object.fromEntries(entries);
  throw new RequestError(`a rate scale must be a factor above 0, such as 1.5, or task=factor,…, got ${quote(text)}`);
}

/** `20%` or `0.2`. Throws RequestError. */
export function parseEstimateError(text: string): number {
  const [, number = "", percent] = /^\s*(.*?)\s*(%?)\s*$/.exec(text) ?? [];
  const share = decimal(number) / (percent === "%" ? 100 : 1);
  if (share >= 0 && share <= 1) return share;
  throw new RequestError(`an estimate error must be from 0 to 100%, such as 20% or 0.2, got ${quote(text)}`);
}
