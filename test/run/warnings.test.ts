/** What a result warns of. */
import { expect, test } from "vitest";
import { call, folderWith, small } from "../cli/call.ts";

async function warningsOf(scenario: string, ...more: string[]): Promise<readonly string[]> {
  const cwd = folderWith({ ...small, "small.yaml": scenario });
  const { stdout } = await call(["run", "small", "-S", "soc", "-f", "json", ...more], { cwd });
  return JSON.parse(stdout).warnings;
}

const once = (offsetMs: number) =>
  `name: small\ndurationMs: 4\ntasks:\n  - { id: camera, model: a.yaml, fps: 250, offsetMs: ${offsetMs} }\n`;

test("a run that releases nothing says so, and what would help", async () => {
  expect(await warningsOf(once(5))).toEqual([
    "no job was released in the 4 ms of this run, so there is nothing to measure; --duration-ms makes it longer",
  ]);
  expect(await warningsOf(once(1), "--warmup-ms", "3")).toEqual([
    expect.stringContaining("no job was released after the warm-up of 3 ms in the 4 ms of this run"),
  ]);
  expect(await warningsOf(once(1))).toEqual([expect.stringContaining("rest on 1 of the")]);
});
