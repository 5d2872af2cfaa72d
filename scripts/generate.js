#!/usr/bin/env node
// Writes the generated modules of a build: validators, and the built-in files as text.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { validatorsModule } from "./schema-compiler.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

writeFileSync(join(root, "dist/input/validators.js"), validatorsModule());
writeFileSync(
  join(root, "dist/built-ins.js"),
  `export const builtIns = ${JSON.stringify(builtIns(), undefined, 2)};\n`,
);
writeFileSync(
  join(root, "dist/built-ins.d.ts"),
  "/** Text of every model, scenario, suite, system and table that comes with rtmm, by its path in the package. */\n" +
    "export declare const builtIns: Readonly<Record<string, string>>;\n",
);

function builtIns() {
  const paths = ["hardware", "workloads/models", "workloads/scenarios", "workloads/suites"].flatMap((folder) =>
    readdirSync(join(root, folder))
      .sort()
      .map((file) => `${folder}/${file}`),
  );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}
