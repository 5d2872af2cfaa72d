#!/usr/bin/env node
// Writes the generated parts of a build: validators, the built-in files as text, and their checked values.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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

await writeChecked();

function builtIns() {
  const paths = ["hardware", "workloads/models", "workloads/scenarios", "workloads/suites"].flatMap(filesIn);
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

function filesIn(folder) {
  return readdirSync(join(root, folder))
    .sort()
    .map((file) => `${folder}/${file}`);
}

/** Writes the value of each built-in file by its schema and the SHA-256 of its text; see src/files/built-ins.ts. */
async function writeChecked() {
  const { parseYaml } = await import("../dist/input/yaml-document.js");
  const { ProblemList } = await import("../dist/input/problem-list.js");
  const { Report } = await import("../dist/input/report.js");
  const { checkSchema } = await import("../dist/input/schema-check.js");
  const schemas = { model: "workloads/models", scenario: "workloads/scenarios", system: "hardware" };
  for (const [schema, folder] of Object.entries(schemas)) {
    mkdirSync(join(root, "dist/checked", schema), { recursive: true });
    for (const path of filesIn(folder).filter((file) => file.endsWith(".yaml"))) {
      const text = readFileSync(join(root, path), "utf8");
      const problems = new ProblemList();
      const file = parseYaml(path, text, problems);
      if (file !== undefined) checkSchema(file.value, schema, new Report(file, problems));
      problems.finish();
      const name = `${createHash("sha256").update(text).digest("hex")}.json`;
      writeFileSync(join(root, "dist/checked", schema, name), JSON.stringify(file.value));
    }
  }
}
