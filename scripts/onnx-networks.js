// Imports ONNX networks that others made, and compares each with an independent count over the shapes that ONNX Runtime
// really has. Writes the table of docs/import.md.
//   node scripts/setup.js build && node scripts/onnx-networks.js [--cache <folder>] [--more <folder of .onnx>] [--only <text>]
// The networks come from npm packages at fixed versions. They are not part of rtmm: they stay in the cache folder.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { compareNetwork } from "./onnx-networks/compare.js";
import { networks, packages, publishedNetworks } from "./onnx-networks/networks.js";

const { values: options } = parseArgs({
  options: {
    cache: { type: "string", default: join(tmpdir(), "rtmm-onnx-networks") },
    more: { type: "string" },
    only: { type: "string", default: "" },
  },
});

install(options.cache);
const rows = [];
for (const network of allNetworks()) {
  if (!network.file.includes(options.only)) continue;
  process.stderr.write(`${network.file}\n`);
  rows.push(await compareNetwork(network, options.cache));
}
process.stdout.write(table(rows));
process.exitCode = rows.every(({ isNear }) => isNear) ? 0 : 1;

function install(cache) {
  mkdirSync(cache, { recursive: true });
  const missing = packages.filter(({ name }) => !existsSync(join(cache, "node_modules", name)));
  if (missing.length === 0) return;
  writeFileSync(join(cache, "package.json"), JSON.stringify({ name: "onnx-networks", private: true }));
  const names = packages.map(({ name, version }) => `${name}@${version}`);
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact", ...names], {
    cwd: cache,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** Those of the packages, then all of the other folder. */
function allNetworks() {
  const own = networks.map((each) => ({ ...each, read: () => each.bytes(join(options.cache, "node_modules")) }));
  if (options.more === undefined) return own;
  const files = readdirSync(options.more).filter((name) => name.endsWith(".onnx"));
  const more = files.map((name) => ({
    file: basename(name),
    source: basename(options.more),
    inputs: {},
    ...publishedNetworks[name],
    read: () => readFileSync(join(options.more, name)),
  }));
  return [...own, ...more];
}

function table(results) {
  const head = [
    "network",
    "from",
    "operators",
    "layers",
    "MMACs",
    "counted",
    "M weights",
    "shapes checked",
    "published MMACs",
  ];
  const lines = [head, head.map(() => "---"), ...results.map(({ cells }) => cells)];
  return `${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}
