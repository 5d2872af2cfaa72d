#!/usr/bin/env node
// Writes the playground as static files to dist/play/: any server can deliver them, under any path.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { noticesOf, packagesOf } from "./notices.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "src/web/play");
const target = join(root, "dist/play");

/** What the build generates lies in dist/ only. */
const generated = {
  name: "generated",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/validators\.js$/ }, () => ({ path: join(root, "dist/input/validators.js") }));
    onResolve({ filter: /\/built-ins\.js$/ }, () => ({ path: join(root, "dist/built-ins.js") }));
    onResolve({ filter: /\/schemas\.js$/ }, () => ({ path: "schemas", namespace: "generated" }));
    onLoad({ filter: /^schemas$/, namespace: "generated" }, () => ({ contents: schemasModule() }));
  },
};

const options = {
  outdir: target,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  // They are in THIRD-PARTY.txt.
  legalComments: "none",
  absWorkingDir: root,
  metafile: true,
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [generated],
};

/** For completion: those of the files that can be edited, with what they refer to. */
function schemasModule() {
  const files = ["scenario", "system", "model"].map((name) => `${name}.schema.json`);
  const texts = files.map((file) => [file, JSON.parse(readFileSync(join(root, "schema", file), "utf8"))]);
  return `export const schemas = ${JSON.stringify(Object.fromEntries(texts))};`;
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const file of ["index.html", "icon.svg"]) copyFileSync(join(source, file), join(target, file));
const page = await build({ ...options, entryPoints: [join(source, "main.ts")], splitting: true });
const others = await build({ ...options, entryPoints: ["worker.ts", "play.css"].map((file) => join(source, file)) });
const packages = packagesOf([page.metafile, others.metafile]);
writeFileSync(join(target, "THIRD-PARTY.txt"), noticesOf(packages, root));
