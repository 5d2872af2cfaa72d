/** `rtmm play`: what it serves first, what it refuses, and how it ends. It needs dist/play/, which the build makes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Interruption } from "../../src/cli/interruption.ts";
import { unpacked } from "../../src/playground/share.ts";
import { firstState, type PlayState } from "../../src/playground/state.ts";
import { repository } from "../repository.ts";
import { call, folderWith, small } from "./call.ts";

/** The state that the page begins with, and what the command said. */
async function started(words: readonly string[], cwd?: string): Promise<PlayState> {
  const interruption = new AbortController();
  const port = 20_000 + (process.pid % 20_000) + Math.floor(performance.now() % 1000);
  const argv = ["play", ...words, "--no-open", "--port", String(port)];
  const running = call(argv, { signal: interruption.signal, ...(cwd !== undefined && { cwd }) });
  const url = `http://127.0.0.1:${port}/`;
  const answer = () => fetch(url, { redirect: "manual" }).catch(() => undefined);
  await expect.poll(async () => (await answer())?.status, { timeout: 30_000 }).toBe(302);
  const location = (await answer())!.headers.get("location")!;
  interruption.abort(new Interruption());
  const { code, stdout, stderr } = await running;
  expect([code, stdout, stderr]).toEqual([130, `playground at ${url} (Ctrl-C ends it)\n`, "interrupted\n"]);
  const linked = await unpacked(location.slice(location.indexOf("#")));
  return (linked as { state: PlayState }).state;
}

describe("the page begins", () => {
  test("with the same run as rtmm run", async () => expect(await started([])).toEqual(firstState));

  test("with what the command line names", async () => {
    const words = ["ar-gaming", "-S", "hda-4-ws-os-4k", "-s", "dream", "-p", "alpha=0.5", "--seed", "7"];
    expect(await started(words)).toEqual({
      ...firstState,
      scenario: { name: "ar-gaming" },
      system: { name: "hda-4-ws-os-4k" },
      scheduler: "dream",
      params: { alpha: 0.5 },
      seed: 7,
    });
  });

  test("with files, and those that they name", async () => {
    const { scenario, system, files } = await started(["./small.yaml", "-S", "./soc.yaml"], folderWith(small));
    expect([scenario.text, system.text]).toEqual([small["small.yaml"], small["soc.yaml"]]);
    const { "small.yaml": _, "soc.yaml": __, ...others } = small;
    expect(files).toEqual(others);
  });

  test("with a file that has mistakes: the page has an editor", async () => {
    const { scenario } = await started(["./bad.yaml"], folderWith({ "bad.yaml": "fps: -5\n" }));
    expect(scenario.text).toBe("fps: -5\n");
  });
});

describe("it refuses", () => {
  test.each<[readonly string[], string]>([
    [["vr-gamin"], 'unknown scenario "vr-gamin"; did you mean "vr-gaming"?'],
    [["-s", "edff"], 'unknown scheduler "edff"'],
    [["-s", "./mine.js"], "the playground runs built-in schedulers only"],
    [["-s", "dream", "-p", "alpha=x"], 'parameter "alpha" of "dream" must be'],
    [["--port", "0"], "It must be a whole number from 1 to 65535"],
    [["vr-gaming", "ar-gaming"], "too many arguments"],
  ])("%j", async (words, message) => {
    const { code, stderr } = await call(["play", ...words, "--no-open"]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

test("all files of the page together have less than 1 MB, compressed", () => {
  const folder = join(repository, "dist/play");
  const sizes = readdirSync(folder).map((name) => gzipSync(readFileSync(join(folder, name))).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
});
