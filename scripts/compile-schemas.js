#!/usr/bin/env node
// Compiles schema/*.schema.json into dist/input/validators.cjs, so that rtmm need not do it at every start (100 ms).
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { validatorsModule } from "../dist/input/schema-compiler.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
writeFileSync(join(root, "dist/input/validators.cjs"), validatorsModule());
