/** Checks a YAML file against its JSON Schema, and reports what ajv finds by line and column. */
import { createRequire } from "node:module";
import type { ErrorObject } from "ajv";
import type { Report } from "./report.ts";
import { compiledValidators, type SchemaName, type Validators } from "./schema-compiler.ts";
import { schemaProblem } from "./schema-problem.ts";

export type { SchemaName } from "./schema-compiler.ts";

/** Reports all violations of the schema. Further checks ask `report.isSound` which parts they may rely on. */
export function checkSchema(value: unknown, schema: SchemaName, report: Report): void {
  validators ??= builtValidators() ?? compiledValidators();
  const validate = validators[schema];
  if (validate(value)) return;
  for (const error of (validate.errors ?? []) as ErrorObject[]) schemaProblem(error, report);
}

/** Pure functions, kept because compiling them takes 100 ms. */
let validators: Validators | undefined;

/** Validators compiled by a build (5 ms to load); undefined if rtmm runs from its sources, as in tests. */
function builtValidators(): Validators | undefined {
  const require = createRequire(import.meta.url);
  try {
    return require("./validators.cjs") as Validators;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
