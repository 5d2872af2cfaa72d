#!/usr/bin/env node
// Bundles what needs ECharts or runs in a browser, so that neither an installation nor a page needs node_modules.
import { rmSync } from "node:fs";
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
