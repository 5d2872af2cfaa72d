/**
 * The programs of docs/library.md run and print what the page shows. A ```js block begins with the name of its file; all
 * lie in one folder. Each `$ node file.js` in a ```console block is run there.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "../cli/call.ts";
import { repository } from "../repository.ts";

const page = readFileSync(join(repository, "docs/library.md"), "utf8");
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map((match) => match[1]!);

const files = Object.fromEntries(blocks("js").map((code) => [/^\/\/ (\S+[.]js)\n/.exec(code)?.[1] ?? "", code]));
const commands = blocks("console").map((block) => {
  const [command, ...lines] = block.split("\n");
  return { file: command!.replace("$ node ", ""), expected: lines.join("\n") };
});

const folder = folderWith({ ...files, "package.json": JSON.stringify({ type: "module" }) });
mkdirSync(join(folder, "node_modules"));
symlinkSync(repository, join(folder, "node_modules/rtmm"));

test("every program has a name, and each that prints something is run", () => {
  const silent = Object.keys(files).filter((file) => !files[file]!.includes("console.log"));
  expect(Object.keys(files)).not.toContain("");
  expect([...commands.map(({ file }) => file), ...silent].sort()).toEqual(Object.keys(files).sort());
  expect(existsSync(join(repository, "dist/index.js"))).toBe(true);
});

test.each(commands)("$file", ({ file, expected }) => {
  const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout).toBe(expected);
});
