/** The result of a search, as a file for `--params`. */

import type { Tuning } from "../../records/tuning.ts";
import { yamlText } from "../config-text.ts";
import { significant } from "../number-text.ts";
import { variationOptions } from "../variation-text.ts";

/** The names in the file, as seen from its own folder. */
export interface NamedInFile {
  readonly scheduler: string;
  readonly schemaFolder: string;
}

/** `given`: parameters that a user fixed. */
export function paramsText(
  { scenario, system, variation, objective, start, found }: Tuning,
  given: Readonly<Record<string, unknown>>,
  { scheduler, schemaFolder }: NamedInFile,
): string {
  const change = `${objective.name} ${significant(start.value)} -> ${significant(found.value)}`;
  const comment = `rtmm run ${scenario} --system ${system}${variationOptions(variation)} --params <this file>; tuned: ${change}`;
  const heading = { schema: `${schemaFolder}/params.schema.json`, comment };
  return yamlText(heading, { scheduler, params: { ...given, ...found.params } });
}
