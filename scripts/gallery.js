// Draws the pictures in docs/figures anew (npm run docs:figures): runs each command of the gallery in docs/plots.md, in a
// folder of their own. The page is the only list of them; test/docs/figures.test.ts compares what they draw.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** In order; `output`: the file that takes what one prints, `picture`: the file that it draws. */
export function galleryCommands() {
  const [, gallery = ""] = /^## Gallery\n(.*?)^## /ms.exec(readFileSync(join(root, "docs/plots.md"), "utf8")) ?? [];
  return [...gallery.matchAll(/`rtmm ([^`]+)`/g)].map(([, words]) => commandOf(words.split(" ")));
}

function commandOf(words) {
  const argv = words.filter((word) => !word.startsWith(">"));
  const output = words.find((word) => word.startsWith(">"))?.slice(1);
  return { argv, output, picture: argv.find((word) => word.endsWith(".svg")) };
}

function drawAll() {
  const folder = mkdtempSync(join(tmpdir(), "rtmm-gallery-"));
  try {
    symlinkSync(join(root, "results"), join(folder, "results"), "junction");
    for (const command of galleryCommands()) draw(command, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function draw({ argv, output, picture }, folder) {
  process.stderr.write(`rtmm ${argv.join(" ")}\n`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "bin/rtmm.js"), ...argv], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  if (output !== undefined) writeFileSync(join(folder, output), stdout);
  if (picture !== undefined) copyFileSync(join(folder, picture), join(root, "docs/figures", picture));
}

if (process.argv[1] === import.meta.filename) drawAll();
