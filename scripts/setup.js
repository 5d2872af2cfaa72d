#!/usr/bin/env node
// Sets up a clone: installs from the lock file if that has changed and, with `build`, compiles src/ if that has
// changed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Runs `make` unless the file `stamp` has the hash of `inputs`. */
function once(stamp, inputs, make) {
  const hash = createHash("sha256");
  for (const file of inputs) hash.update(file).update(readFileSync(join(root, file)));
  const wanted = hash.digest("hex");
  const path = join(root, stamp);
  if (existsSync(path) && readFileSync(path, "utf8") === wanted) return;
  make();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wanted);
}

function run(command, ...words) {
  // To stderr, so that stdout has nothing but data.
  const { status } = spawnSync(command, words, { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

const filesBelow = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();

once("node_modules/.rtmm-installed", ["package.json", "package-lock.json"], () =>
  run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"),
);
if (process.argv.includes("build")) {
  const scripts = [
    "generate",
    "bundle",
    "bundle-play",
    "code-cache",
    "command-data",
    "manual",
    "notices",
    "package-files",
    "prepare-costs",
    "schema-compiler",
  ].map((name) => `scripts/${name}.js`);
  const own = ["tsconfig.json", "package.json", "package-lock.json", ...scripts];
  const inputs = [...own, ...["src", "schema", "workloads", "hardware"].flatMap(filesBelow)];
  once("dist/.rtmm-built", inputs, () => {
    rmSync(join(root, "dist"), { recursive: true, force: true });
    run(process.execPath, "node_modules/typescript/bin/tsc", "-p", "tsconfig.json");
    run(process.execPath, "scripts/generate.js");
    run(process.execPath, "scripts/prepare-costs.js");
    run(process.execPath, "scripts/bundle.js");
    run(process.execPath, "scripts/code-cache.js");
    run(process.execPath, "scripts/bundle-play.js");
    run(process.execPath, "scripts/command-data.js");
    run(process.execPath, "scripts/manual.js");
    run(process.execPath, "scripts/package-files.js");
  });
}
