/** The help that `rtmm` answers with before it loads its program. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type HelpTexts, helpedAtOnce } from "../../src/cli/at-once.ts";
import { commands } from "../../src/cli/commands.ts";
import { helpFile } from "../../src/files/package-folder.ts";
import { call } from "../cli/call.ts";

const texts = JSON.parse(readFileSync(helpFile, "utf8")) as HelpTexts;

function atOnce(argv: readonly string[]): string | undefined {
  const parts: string[] = [];
  return helpedAtOnce(argv, { stdout: { write: (part) => parts.push(part) } }) ? parts.join("") : undefined;
}

test("is that of every command", () => {
  const outer = Object.keys(texts).filter((names) => names !== "" && !names.includes(" "));
  expect(outer).toEqual(commands.map(({ name }) => name));
});

test.each(Object.keys(texts))("is what the program says of rtmm %s", async (names) => {
  const path = names === "" ? [] : names.split(" ");
  const { stdout } = await call([...path, "--help"]);
  expect(atOnce([...path, "--help"])).toBe(stdout);
  expect(atOnce([...path, "-h"])).toBe(stdout);
});

test.each(["run", "constructor --help", "run vr-gaming --help", "--debug --help", "run --help vr-gaming", "runs -h"])(
  "the program answers rtmm %s",
  (words) => expect(atOnce(words.split(" "))).toBeUndefined(),
);
