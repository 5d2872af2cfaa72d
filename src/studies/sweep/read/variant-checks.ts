/** Loads the variants of an entry. Collects further files, and finds entries of which no variant loads. */

import { InputError } from "../../../input/input-error.ts";
import type { Problem } from "../../../input/problem.ts";
import type { Report } from "../../../input/report.ts";
import type { Loaded } from "../../../run/workbench.ts";
import type { InputSet } from "./input-set.ts";
import { type Entry, variantAt, variantCount } from "./variants.ts";

/** If an entry has more variants, none is tried. The points that do not load fail. */
const MOST_TRIED = 64;

type Load = (values: Readonly<Record<string, unknown>>) => Loaded<unknown>;

/** The problems of the first variant; empty if any variant loads. */
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

/** Collects the files that overrides name. Only strings, lists and mappings can name one. Ignores load errors. */
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

/** Reports the problems at the experiment's values that caused them. `report`: at the values. */
export function reportUnsound(problems: readonly Problem[], { axes }: Entry, report: Report): void {
  for (const { code, message } of problems) {
    const axis = axes.find(({ key }) => message.includes(`${key}=`));
    report.problem(axis === undefined ? [] : [axis.key, 0], code, message);
  }
}
