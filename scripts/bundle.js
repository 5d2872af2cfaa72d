#!/usr/bin/env node
// Bundles what needs ECharts or runs in a browser, so that neither an installation nor a page needs node_modules.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { noticesOf, packagesOf } from "./notices.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const drawing = join(root, "dist/drawing");
const metafiles = [];

/** Keeps what was bundled, for the notices. */
function bundle(options) {
  metafiles.push(buildSync({ absWorkingDir: root, metafile: true, ...options }).metafile);
}

bundle({
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

// PDF needs pdfkit, which an installation therefore need not have.
bundle({
  entryPoints: [join(drawing, "pdf.js")],
  outfile: join(drawing, "pdf.js"),
  allowOverwrite: true,
  bundle: true,
  format: "esm",
  platform: "node",
  minify: true,
  legalComments: "none",
});
rmSync(join(drawing, "svg-tree.js"));

// The font of image files, and its licence, which has to come with it.
const fonts = join(root, "dist/fonts");
const inter = join(root, "node_modules/@expo-google-fonts/inter");
mkdirSync(fonts, { recursive: true });
copyFileSync(join(inter, "400Regular/Inter_400Regular.ttf"), join(fonts, "Inter-Regular.ttf"));
copyFileSync(join(inter, "LICENSE_FONT"), join(fonts, "Inter-LICENSE.txt"));

/**
 * What runs under Node in a few files, because finding and linking several hundred modules takes longer than a short
 * run: the command line, the runs that it watches, its threads, and the package for those who import it, so that a policy
 * meets the same modules. The modules themselves stay in dist/, for browsers, benchmarks and scripts.
 */
const program = join(root, "dist/program");
bundle({
  entryPoints: [
    "cli/start",
    "cli/watch/watched-run",
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
  // Of fontkit, in pdf.js.
  logOverride: { "duplicate-object-key": "silent" },
  // Loaded by few commands, and found by their own means.
  external: ["piscina", "bullmq", "ioredis", "es-module-lexer", "highs"],
  banner: { js: 'import{createRequire as requireOf}from"node:module";const require=requireOf(import.meta.url);' },
});
copyFileSync(join(root, "dist/executors/threads/thread-start.cjs"), join(program, "thread-start.cjs"));

// Pages: a script and the styles of each, which end up in one file with the page. So do the licences.
for (const page of ["report"]) {
  const sources = ["main.ts", `${page}.css`].map((file) => ({ in: join(root, "src/web", page, file), out: page }));
  bundle({
    entryPoints: sources,
    outdir: join(root, "dist/web"),
    bundle: true,
    format: "iife",
    target: "es2022",
    // Without it, a text with the end of a script element would end the one that holds the script.
    supported: { "inline-script": false },
    minify: true,
    legalComments: "eof",
    define: { "process.env.NODE_ENV": '"production"' },
  });
}

const packages = [...packagesOf(metafiles), "node_modules/@expo-google-fonts/inter"];
writeFileSync(join(root, "dist/THIRD-PARTY.txt"), noticesOf(packages, root));
