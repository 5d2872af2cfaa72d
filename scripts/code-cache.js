#!/usr/bin/env node
// Writes V8's code cache of dist/program/program.cjs, with the functions that `rtmm run` has called, and the
// modules that programs import.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../dist/program");
const { script, entries } = createRequire(import.meta.url)(join(folder, "load.cjs"));
const nowhere = { write: () => true };
const streams = {
  stdout: nowhere,
  stderr: nowhere,
  env: {},
  cwd: folder,
  interruptibly: (work) => work(),
  untilInterrupted: (work) => work(new AbortController().signal),
};
const code = await entries.main.main(["run", "vr-gaming"], streams);
if (code !== 0) throw new Error(`rtmm run vr-gaming exits with ${code}`);
for (const name of ["index", "browser", "engine"]) {
  const names = Object.keys(entries[name]).join(", ");
  const text = `import load from "./load.cjs";\n\nexport const { ${names} } = load.entries.${name};\n`;
  writeFileSync(join(folder, `${name}.js`), text);
}
writeFileSync(join(folder, "program.cache"), script.createCachedData());
