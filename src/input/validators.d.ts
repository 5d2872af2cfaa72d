/** This module is generated from schema/: by scripts/generate.js for a build, by vitest.config.ts for tests. */
import type { SchemaName } from "./schema-check.ts";
import type { Validate } from "./schema-error.ts";

export const validators: Readonly<Record<SchemaName, Validate>>;
