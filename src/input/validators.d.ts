/** The module is made from schema/: for a build by scripts/generate.js, for tests by vitest.config.ts. */
import type { SchemaName } from "./schema-check.ts";
import type { Validate } from "./schema-error.ts";

export const validators: Readonly<Record<SchemaName, Validate>>;
