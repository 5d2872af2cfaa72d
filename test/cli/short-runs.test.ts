/** Which simulations run without a guard against Ctrl-C: those that the last one of their scheduler shows to be short. */
import { expect, test } from "vitest";
import { ShortRuns } from "../../src/cli/short-runs.ts";
import { Library } from "../../src/files/library.ts";
import { prepare } from "../../src/run/prepare.ts";
import { Workbench } from "../../src/run/workbench.ts";
import { folderWith, small } from "./call.ts";

const prepared = (scheduler: string, durationMs: number, files: Record<string, string> = small) =>
  prepare(
    {
      ...{ scenario: "small.yaml", system: "soc.yaml", scheduler, parameters: {}, seed: 1, warmupMs: 0 },
      durationMs,
    },
    new Workbench(new Library(folderWith(files))),
  );

test("a simulation is short if the last one of its scheduler took little time for its layers", async () => {
  const runs = new ShortRuns();
  const second = await prepared("edf", 1000);
  expect(runs.has(second)).toBe(false);
  runs.took(second, 30);
  expect(runs.has(second)).toBe(true);
  expect(runs.has(await prepared("edf", 2000))).toBe(true);
  expect(runs.has(await prepared("edf", 10_000))).toBe(false);
  expect(runs.has(await prepared("fcfs", 1000))).toBe(false);
  runs.took(second, 200);
  expect(runs.has(second)).toBe(false);
});

test("a closed loop is never short, and teaches nothing", async () => {
  const loop = small["small.yaml"].replace("fps: 500", "arrival: { kind: closed, thinkMs: 1 }, deadlineMs: none");
  const closed = await prepared("edf", 10, { ...small, "small.yaml": loop });
  const runs = new ShortRuns();
  runs.took(closed, 1);
  expect(runs.has(await prepared("edf", 10))).toBe(false);
  runs.took(await prepared("edf", 10), 0);
  expect(runs.has(closed)).toBe(false);
});
