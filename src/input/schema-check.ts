/** Checks a file's value against its JSON Schema and joins what is found to lines and columns. */
import type { Report } from "./report.ts";
import { schemaProblem } from "./schema-problem.ts";
import { validators } from "./validators.js";

export type SchemaName = "model" | "scenario" | "system" | "suite" | "experiment";

/** Reports everything the schema forbids; cross-checks ask `report.isSound` which parts they may rely on. */
export function checkSchema(value: unknown, schema: SchemaName, report: Report): void {
  const validate = validators[schema];
  if (validate(value)) return;
  for (const error of validate.errors ?? []) schemaProblem(error, report);
}
