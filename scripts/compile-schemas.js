#!/usr/bin/env node
// Writes dist/input/validators.js, which schema-check imports.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { validatorsModule } from "./schema-compiler.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
writeFileSync(join(root, "dist/input/validators.js"), validatorsModule());
