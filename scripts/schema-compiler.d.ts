import type { SchemaName } from "../src/input/schema-check.ts";
import type { Validate } from "../src/input/schema-error.ts";

export const schemaNames: readonly SchemaName[];
export function compiledValidators(): Readonly<Record<SchemaName, Validate>>;
export function validatorsModule(): string;
