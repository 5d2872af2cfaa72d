#!/usr/bin/env node
// Bundles what needs ECharts or runs in a browser, so that neither an installation nor a page needs node_modules.
import { copyFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const drawing = join(root, "dist/drawing");

buildSync({
  entryPoints: [join(drawing, "svg.js")],
  outfile: join(drawing, "svg.js"),
  allowOverwrite: true,
  bundle: true,
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  minify: true,
  legalComments: "linked",
  define: { "process.env.NODE_ENV": '"production"' },
});
for (const ending of ["js", "d.ts"]) rmSync(join(drawing, `echarts.${ending}`));

/**
 * What runs under Node in a few files, because finding and linking several hundred modules takes longer than a short
 * run: the command line, its threads, and the package for those who import it, so that a policy meets the same modules.
 * The modules themselves stay in dist/, for browsers, benchmarks and scripts.
 */
const program = join(root, "dist/program");
buildSync({
  entryPoints: [
    "cli/start",
    "executors/threads/point-worker",
    "executors/threads/watchdog-thread",
    "index",
    "browser",
    "engine",
  ].map((name) => join(root, `dist/${name}.js`)),
  outdir: program,
  entryNames: "[name]",
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  minifySyntax: true,
  minifyWhitespace: true,
  // Loaded by few commands, and found by their own means.
  external: ["piscina", "bullmq", "ioredis", "cli-progress", "es-module-lexer"],
  banner: { js: 'import{createRequire as requireOf}from"node:module";const require=requireOf(import.meta.url);' },
});
copyFileSync(join(root, "dist/executors/threads/thread-start.cjs"), join(program, "thread-start.cjs"));
