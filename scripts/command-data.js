#!/usr/bin/env node
// Writes what completion knows to dist/completion.json.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gatherCompletionData } from "../dist/cli/completion/gather.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const data = await gatherCompletionData();
writeFileSync(join(root, "dist/completion.json"), JSON.stringify(data));
