/** The manual page. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { repository } from "../repository.ts";

const page = join(repository, "dist/man/rtmm.1");
const isThere = (program: string): boolean => spawnSync(program, ["-V"]).error === undefined;

test("has every command, and is what package.json names", () => {
  const text = readFileSync(page, "utf8").replaceAll("\\-", "-");
  const missing = commands.map(({ name }) => name).filter((name) => !text.includes(`\n.SS\nrtmm ${name}`));
  expect(missing).toEqual([]);
  expect(JSON.parse(readFileSync(join(repository, "package.json"), "utf8")).man).toBe("./dist/man/rtmm.1");
});

test.skipIf(!isThere("mandoc"))("mandoc finds no error", () => {
  expect(spawnSync("mandoc", ["-Tlint", "-Werror", page], { encoding: "utf8" }).stdout).toBe("");
});
