/** Loads what the overrides of an entry make of its file: notes further files, refuses an entry without any sound variant. */

import { InputError } from "../../../input/input-error.ts";
import type { Problem } from "../../../input/problem.ts";
import type { Report } from "../../../input/report.ts";
import type { Loaded } from "../../../run/workbench.ts";
import type { InputSet } from "./input-set.ts";
import { type Entry, variantAt, variantCount } from "./variants.ts";

/** With more, it is left to the points to tell which of them load. */
const MOST_TRIED = 64;

type Load = (values: Readonly<Record<string, unknown>>) => Loaded<unknown>;

/** Problems of the first variant where none loads. */
export function problemsOfAll(entry: Entry, load: Load, inputs: InputSet): readonly Problem[] {
  const count = variantCount(entry);
  if (count > MOST_TRIED) return [];
  let first: readonly Problem[] | undefined;
  for (let index = 0; index < count; index += 1) {
    const problems = attempt(load, variantAt(entry, index).values, inputs);
    if (problems.length === 0) return [];
    first ??= problems;
  }
  return first ?? [];
}

/** Only what is no number can name a file. Variants that do not load are their points' own affair. */
export function noteNamedFiles(entry: Entry, load: Load, inputs: InputSet): void {
  const { values: firsts } = variantAt(entry, 0);
  for (const { key, values } of entry.axes)
    for (const value of values)
      if (typeof value === "string" || (typeof value === "object" && value !== null))
        attempt(load, { ...firsts, [key]: value }, inputs);
}

function attempt(load: Load, values: Readonly<Record<string, unknown>>, inputs: InputSet): readonly Problem[] {
  try {
    inputs.note(load(values).inputs);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

/** Says in the experiment what no value of it makes right. `report`: at the values. */
export function reportUnsound(problems: readonly Problem[], { axes }: Entry, report: Report): void {
  for (const { code, message } of problems) {
    const axis = axes.find(({ key }) => message.includes(`${key}=`));
    report.problem(axis === undefined ? [] : [axis.key, 0], code, message);
  }
}
