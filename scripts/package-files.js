#!/usr/bin/env node
// Writes dist/.npmignore: of the compiled modules, a package has those that one of its exports reaches. The others are
// in dist/program already, bundled.
// Writes dist/code.txt as well, which identifies the build where those others are not.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { compiledCode } from "../dist/executors/queue/build.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");

/** Read at run time by name, whole. */
const folders = ["checked", "costs", "fonts", "man", "play", "program", "web"];

const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const entries = Object.values(exports)
  .flatMap((target) => Object.values(target))
  .filter((target) => /^\.\/dist\/.*\.[jt]s$/.test(target));
const reached = reachedFrom(entries.map((entry) => join(root, entry)))
  .map((file) => relative(dist, file))
  .filter((file) => !file.startsWith("program/"));
const kept = [
  "/THIRD-PARTY.txt",
  "/code.txt",
  "/completion.json",
  "/help.json",
  // Bundles that the program imports.
  "/drawing/pdf.js",
  "/drawing/svg.js",
  "/drawing/svg.js.LEGAL.txt",
  ...folders.map((folder) => `/${folder}/**`),
  ...reached.map((file) => `/${file}`),
];
writeFileSync(join(dist, "code.txt"), compiledCode());
// A folder that is ignored is not searched.
writeFileSync(join(dist, ".npmignore"), `${["*", "!*/", ...kept.sort().map((path) => `!${path}`)].join("\n")}\n`);

function reachedFrom(files) {
  const found = new Set();
  const open = [...files];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    open.push(...importedBy(file));
  }
  return [...found];
}

/** Of a declaration, declarations. */
function importedBy(file) {
  const ending = file.endsWith(".d.ts") ? ".d.ts" : ".js";
  return ts
    .preProcessFile(readFileSync(file, "utf8"))
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith("."))
    .map((name) => join(dirname(file), name.replace(/\.[jt]s$/, ending)));
}
