import type { Validate } from "../src/input/schema-error.ts";
import type { SchemaName } from "../src/input/schema-name.ts";

export const schemaNames: readonly SchemaName[];
export function compiledValidators(): Readonly<Record<SchemaName, Validate>>;
export function validatorsModule(): string;
