#!/usr/bin/env node
// Bundles what needs ECharts or runs in a browser, so that neither an installation nor a page needs node_modules.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { init, parse } from "es-module-lexer";
import { build } from "esbuild";
import { noticesOf, packagesOf } from "./notices.js";

await init();
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const drawing = join(root, "dist/drawing");
const metafiles = [];

/** Keeps what was bundled, for the notices. */
async function bundle(options) {
  const { metafile } = await build({ absWorkingDir: root, metafile: true, ...options });
  metafiles.push(metafile);
}

await bundle({
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
await bundle({
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
 * What runs under Node: the command line, the runs that it watches, its threads, and the package for those who import it,
 * so that a policy meets the same modules. The modules themselves stay in dist/, for browsers, benchmarks and scripts.
 */
const program = join(root, "dist/program");
const entries = {
  start: "cli/start",
  main: "cli/main",
  watchedRun: "cli/watch/watched-run",
  pointWorker: "executors/threads/point-worker",
  watchdogThread: "executors/threads/watchdog-thread",
  index: "index",
  browser: "browser",
  engine: "engine",
};
/** The bundles above. */
const asBundled = ({ path }) => ({ path: path.replace(/^.*(?=\/drawing\/)/, ".."), external: true });
const getters = Object.entries(entries).map(([name, file]) => `get ${name}() { return require("./dist/${file}.js"); }`);
await bundle({
  stdin: { contents: `module.exports = { ${getters.join(", ")} };`, resolveDir: root },
  outfile: join(program, "program.cjs"),
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20.19",
  minifySyntax: true,
  minifyWhitespace: true,
  // A function for load.cjs.
  banner: {
    js: '(function(require,file,hostImport){const module={},programUrl=require("node:url").pathToFileURL(file).href;',
  },
  footer: { js: "return module.exports})" },
  define: { "import.meta.url": "programUrl" },
  alias: { "@noble/hashes/sha2.js": join(program, "native-sha2.cjs") },
  // Loaded by few commands, and found by their own means. Colours of cli-table3 are never asked for.
  external: ["piscina", "bullmq", "ioredis", "es-module-lexer", "fast-check", "highs", "@colors/colors"],
  plugins: [{ name: "drawing", setup: (own) => own.onResolve({ filter: /\/drawing\/(svg|pdf)\.js$/ }, asBundled) }],
});
rmSync(join(program, "native-sha2.cjs"));
for (const name of ["load", "native-sha2", "point-worker", "watchdog-thread", "watched-run"])
  rmSync(join(program, `${name}.d.cts`));
const file = join(program, "program.cjs");
const text = withHostImport(readFileSync(file, "utf8"));
// load.cjs reads a byte as a letter. esbuild escapes the letters of strings, but not those of regular expressions.
const foreign = text.match(/.{0,60}[^\0-\x7f].{0,20}/)?.[0];
if (foreign !== undefined) throw new Error(`${file} must be ASCII; write \\u escapes in: ${foreign}`);
writeFileSync(file, text);

/** With `hostImport` for `import`, which load.cjs brings. */
function withHostImport(text) {
  const [imports] = parse(text);
  const starts = imports.filter(({ type }) => type === "dynamic").map(({ importStart }) => importStart);
  const parts = [0, ...starts].map((start, i, all) => text.slice(start, all[i + 1]));
  return parts.map((part, i) => (i === 0 ? part : part.replace("import", "hostImport"))).join("");
}

// The program takes a quarter as long as Node to load, which the shortest answers need not wait for.
await bundle({
  entryPoints: [join(root, "dist/cli/at-once.js")],
  outfile: join(program, "at-once.cjs"),
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20.19",
  minifySyntax: true,
  minifyWhitespace: true,
  define: { "import.meta.url": "programUrl" },
  banner: { js: 'const programUrl=require("node:url").pathToFileURL(__filename).href;' },
});

// Pages: a script and the styles of each, which end up in one file with the page. So do the licences.
for (const page of ["report"]) {
  const sources = ["main.ts", `${page}.css`].map((file) => ({ in: join(root, "src/web", page, file), out: page }));
  await bundle({
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
