/** `rtmm bound`: its formats, seeds and refusals. */
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import type { Bounds } from "../../src/records/bounds.ts";
import { call, folderWith, small } from "./call.ts";

/** One accelerator; a job of `camera` every 10 ms, which is due after 10 ms. */
const files = {
  ...small,
  "slow.yaml": "name: slow\ndurationMs: 40\ntasks:\n  - { id: camera, model: a.yaml, fps: 100 }\n",
  "loop.yaml":
    "name: loop\ndurationMs: 40\ntasks:\n  - { id: client, model: a.yaml, arrival: { kind: closed, thinkMs: 1, clients: 1 }, deadlineMs: 9 }\n",
};

async function bounds(argv: readonly string[]): Promise<Bounds> {
  const { stdout } = await call(["bound", ...argv, "-f", "json"], { cwd: folderWith(files) });
  return JSON.parse(stdout);
}

test("bound prints lower bounds, and each task's least violations", async () => {
  const { code, stdout } = await call(["bound", "vr-gaming"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^on hda-2-ws-os-4k .*\nvr-gaming +0 {2}0\.02778/m);
  expect(stdout).toMatch(/^ht {15}45 {11}0$/m);
});

test("JSON has each seed; a scenario without draws has the same bounds with all", async () => {
  const { cases, seeds } = await bounds(["slow", "-S", "soc", "--seeds", "2"]);
  expect(seeds).toEqual([1, 2]);
  const [place] = cases;
  expect(place!.bySeed.map(({ seed }) => seed)).toEqual([1, 2]);
  expect({ ...place!.bySeed[1]!, seed: 1 }).toEqual(place!.bySeed[0]);
  expect(place!.mean).toMatchObject({ violationRate: 0, violationRates: 0.125 });
});

test("energy never rises with the violations that are allowed", async () => {
  const { cases } = await bounds(["slow", "-S", "soc", "--rate-scale", "2"]);
  const { energies } = cases[0]!.bySeed[0]!;
  for (const [i, { energyMj }] of energies.entries())
    if (i > 0) expect(energyMj).toBeLessThanOrEqual(energies[i - 1]!.energyMj);
});

test("CSV has a row a case and seed, Markdown a table", async () => {
  const options = { cwd: folderWith(files) };
  const { stdout: csv } = await call(["bound", "slow", "-S", "soc", "--seeds", "3", "-f", "csv"], options);
  expect(parse(csv, { columns: true })).toHaveLength(3);
  const { stdout: markdown } = await call(["bound", "slow", "-S", "soc", "-f", "markdown"], options);
  expect(markdown).toContain("| slow | 0 |");
});

test("each system has a table, in which scenarios have their whole names", async () => {
  const argv = ["bound", "social-interaction-a", "social-interaction-b", "-S", "hda-2-ws-os-4k,fda-1-ws-4k"];
  const { stdout } = await call([...argv, "--duration-ms", "50"]);
  const names = ["social-interaction-a", "social-interaction-b"];
  const firstCells = stdout.match(/^(on \S+|social-interaction-\S+)(?= {2})/gm);
  expect(firstCells).toEqual(["on hda-2-ws-os-4k", ...names, "on fda-1-ws-4k", ...names]);
});

test("nothing is known where schedulers decide how many jobs come, and the reason is said", async () => {
  const { stdout, code } = await call(["bound", "loop", "-S", "soc"], { cwd: folderWith(files) });
  expect(code).toBe(0);
  expect(stdout).toContain("nothing is known of loop on soc: schedulers decide");
});

test.each([
  [["bound"], "missing required argument 'scenarios'"],
  [["bound", "nope"], 'unknown scenario or suite "nope"'],
  [["bound", "vr-gaming", "-S", "nope"], 'unknown system "nope"'],
  [["bound", "vr-gaming", "-f", "xml"], 'unknown format "xml"'],
  [["bound", "vr-gaming", "--seeds", "0"], "It must be a whole number from 1 to 1000"],
])("rtmm %j is refused", async (argv, text) => {
  const { code, stderr } = await call(argv as string[]);
  expect(code).toBe(2);
  expect(stderr).toContain(text);
});
