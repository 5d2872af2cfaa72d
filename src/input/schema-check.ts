/** Checks a YAML file against its JSON Schema and joins what ajv finds to lines and columns. */
import { createRequire } from "node:module";
import type { ErrorObject } from "ajv";
import type { Report } from "./report.ts";
import { compiledValidators, type SchemaName, type Validators } from "./schema-compiler.ts";
import { schemaProblem } from "./schema-problem.ts";

export type { SchemaName } from "./schema-compiler.ts";

/** Reports everything the schema forbids; cross-checks ask `report.isSound` which parts they may rely on. */
export function checkSchema(value: unknown, schema: SchemaName, report: Report): void {
  validators ??= builtValidators() ?? compiledValidators();
  const validate = validators[schema];
  if (validate(value)) return;
  for (const error of (validate.errors ?? []) as ErrorObject[]) schemaProblem(error, report);
}

/** Pure functions, kept because making them takes 100 ms. */
let validators: Validators | undefined;

/** Those that a build compiled beside this file (5 ms to load); none where rtmm runs from its sources, as in tests. */
function builtValidators(): Validators | undefined {
  const require = createRequire(import.meta.url);
  try {
    return require("./validators.cjs") as Validators;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
