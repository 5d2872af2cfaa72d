/** What a search has found, as a file for `--params`. */

import type { Tuning } from "../../records/tuning.ts";
import { yamlText } from "../config-text.ts";
import { significant } from "../number-text.ts";
import { variationOptions } from "../variation-text.ts";

/** `scheduler`: as the file is to name it. `given`: parameters that a user fixed. */
export function paramsText(
  { scenario, system, variation, objective, start, found }: Tuning,
  scheduler: string,
  given: Readonly<Record<string, unknown>>,
): string {
  const change = `${objective.name} ${significant(start.value)} -> ${significant(found.value)}`;
  const comment = `rtmm run ${scenario} --system ${system}${variationOptions(variation)} --params <this file>; tuned: ${change}`;
  return yamlText(comment, { scheduler, params: { ...given, ...found.params } });
}
