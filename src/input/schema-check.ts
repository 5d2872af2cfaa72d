/** Checks a file's value against its JSON Schema, and reports what is found by line and column. */
import type { Report } from "./report.ts";
import type { SchemaName } from "./schema-name.ts";
import { schemaProblem } from "./schema-problem.ts";
import { validators } from "./validators.js";

export const passesSchema = (value: unknown, schema: SchemaName): boolean => validators[schema](value);

/** Reports all violations of the schema; `report` is at the value. Further checks ask `report.isSound` which parts they may rely on. */
export function checkSchema(value: unknown, schema: SchemaName, report: Report): void {
  const validate = validators[schema];
  if (validate(value)) return;
  for (const error of validate.errors ?? []) schemaProblem(error, value, report);
}
