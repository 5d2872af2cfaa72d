/** This module is generated from schema/: by scripts/generate.js for a build, by vitest.config.ts for tests. */

import type { Validate } from "./schema-error.ts";
import type { SchemaName } from "./schema-name.ts";

export const validators: Readonly<Record<SchemaName, Validate>>;
