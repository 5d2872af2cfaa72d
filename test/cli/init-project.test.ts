/** `rtmm init`: a project that runs at once, and the same for networks that somebody has. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { repository } from "../repository.ts";
import { call, folderWith } from "./call.ts";

const init = (cwd: string, ...words: string[]) => call(["init", ...words], { cwd });

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

/** The commands of a project's README, in order. Sweeps have one thread: threads take long to start. */
const commandsOf = (folder: string): readonly (readonly string[])[] =>
  [...readFileSync(join(folder, "README.md"), "utf8").matchAll(/^\$ rtmm (.*)$/gm)]
    .map(([, words]) => words!.split(" "))
    .map((words) => (words[0] === "sweep" ? [...words, "-j", "1"] : words));

/** Their exit codes, and what they complain of. */
async function failuresOf(folder: string): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const words of commandsOf(folder)) {
    const { code, stderr } = await call(words, { cwd: folder });
    if (code !== 0) failures.push(`${words.join(" ")}: ${code} ${stderr}`);
  }
  return failures;
}

const valueOf = (folder: string, file: string) => parse(readFileSync(join(folder, file), "utf8"));

test("every command of the README works, in its order", async () => {
  const cwd = folderWith({});
  const { code, stdout, stderr } = await init(cwd, "door");
  const folder = join(cwd, "door");
  expect([code, stdout]).toEqual([0, ""]);
  expect(stderr).toBe(`${filesBelow(folder).toSorted(inOrderOf(stderr)).map((file) => `wrote door/${file}\n`).join("")}next: cd door
next: rtmm run scenario.yaml -S system.yaml
README.md has the other commands, in order
`);
  expect(commandsOf(folder).map(([name]) => name)).toEqual(
    ["show", "run", "run", "validate", "test-policy", "compare", "sweep", "baseline", "check"],
  );
  expect(await failuresOf(folder)).toEqual([]);
});

/** As the files are told. */
const inOrderOf = (text: string) => (a: string, b: string) => text.indexOf(`/${a}\n`) - text.indexOf(`/${b}\n`);
