/** What docs/write-a-scheduler.md shows besides commands that succeed: a policy that fails, and one that learns. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { call, folderWith } from "../cli/call.ts";
import { pythonTest } from "../protocol/python.ts";
import { repository } from "../repository.ts";

const page = readFileSync(join(repository, "docs/write-a-scheduler.md"), "utf8");

/** The lines below a command that the page shows as text. */
const shown = (command: string): readonly string[] => page.split(`\n$ ${command}\n`)[1]!.split("\n```")[0]!.split("\n");

test("the first policy of the page fails as the page shows", async () => {
  const [, text] = /```js\n(\/\/ first[.]js\n[\s\S]*?)```/.exec(page)!;
  const cwd = folderWith({ "first.js": text! });
  const { code, stdout } = await call(["test-policy", "./first.js"], { cwd });
  expect([code, stdout.trimEnd().split("\n")]).toEqual([1, shown("rtmm test-policy ./first.js")]);
});

pythonTest(
  "the bandit beats first come, first served, and every rule, on seeds that it has not seen",
  async () => {
    const cwd = folderWith({});
    await call(["init", "--python"], { cwd });
    const env = { ...process.env, RTMM: `${process.execPath} ${join(repository, "bin/rtmm.js")}` };
    const { status, stdout } = spawnSync("python3", ["train.py"], { cwd, env, encoding: "utf8" });
    expect(status).toBe(0);
    const rules = (lines: readonly string[]) =>
      lines.filter((line) => /^ {2}(first|earliest|shortest|least)/.test(line));
    // What the bandit draws depends on the version of Python, and what the rules do does not.
    expect(rules(stdout.split("\n"))).toEqual(rules(shown("python3 train.py")));
    const shares = [...stdout.matchAll(/^ {2}.*: ([\d.]+)%$/gm)].map(([, share]) => Number(share));
    expect(shares).toHaveLength(5);
    expect(shares.at(-1)).toBe(Math.min(...shares));
  },
  120_000,
);
