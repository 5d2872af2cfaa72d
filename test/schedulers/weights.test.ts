/** Policies on an accelerator whose models do not fit together: 100 bytes, filled at 10 bytes a ns, 2 pJ a byte. */
import { expect, test } from "vitest";
import { dreamMapscore } from "../../src/schedulers/dream/dream-mapscore.ts";
import { edf } from "../../src/schedulers/edf.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { npPrema, prema } from "../../src/schedulers/prema/prema.ts";
import { run, type SmallTask, type SmallWorld } from "../worlds.ts";

const memory = { bytes: 100, bandwidthGBs: 10, energyPjPerByte: 2, overlap: "off" } as const;
const world = (...tasks: SmallTask[]): SmallWorld => ({ tasks, accelerator: { weights: memory } });
const endsOf = (...given: Parameters<typeof run>) => run(...given).ends.map(([timeNs, job]) => [timeNs, job]);
const loadsOf = (...given: Parameters<typeof run>) => run(...given).totals.weights![0]!.loads;

test("edf by model saves the loads that edf by layer pays for coming back to a model", () => {
  const two = world(
    { id: "a", layersNs: [10, 10], weightBytes: [50, 50], deadlineNs: 200 },
    { id: "b", layersNs: [5], weightBytes: [60], atNs: [1, 30], deadlineNs: 90 },
  );
  // a loads 5 and works 10 a layer, b loads 6 and works 5. By layer b comes twice between: a, b, a, b.
  expect(endsOf(two, edf)).toEqual([
    [26, "b#0"],
    [41, "a#0"],
    [52, "b#1"],
  ]);
  expect(loadsOf(two, edf)).toBe(4);
  // By model a is done at 30, and both frames of b follow, on one load.
  expect(endsOf(two, edf, { granularity: "model" })).toEqual([
    [30, "a#0"],
    [41, "b#0"],
    [46, "b#1"],
  ]);
  expect(loadsOf(two, edf, { granularity: "model" })).toBe(3);
});

test("edf in turn reloads both models for every frame, prema takes the frames of the shorter model together", () => {
  const inTurn = world(
    { id: "a", layersNs: [10], weightBytes: [50], atNs: [0, 0], deadlineNs: 100 },
    { id: "b", layersNs: [20], weightBytes: [60], atNs: [0, 0], deadlineNs: 100 },
  );
  const staggered = {
    ...inTurn,
    tasks: inTurn.tasks.map((task, i) => ({
      ...task,
      release: {
        kind: "trace",
        releases: [0, 1].map((k) => ({ releaseNs: 0, deadlineNs: 100 + 20 * k + 10 * i })),
      } as const,
    })),
  };
  expect(endsOf(staggered, edf)).toEqual([
    [15, "a#0"],
    [41, "b#0"],
    [56, "a#1"],
    [82, "b#1"],
  ]);
  for (const policy of [prema, npPrema]) {
    expect(endsOf(staggered, policy)).toEqual([
      [15, "a#0"],
      [25, "a#1"],
      [51, "b#0"],
      [71, "b#1"],
    ]);
  }
});

test("dream-mapscore runs the job whose weights are there, where all else is equal", () => {
  const frames = (id: string, atNs: number[]): SmallTask => ({ id, layersNs: [10], weightBytes: [60], atNs });
  // b is there when the second a and the second b wait since the same time: b goes first, although a is first in the file.
  const two = world(frames("a", [1]), frames("b", [0, 1]));
  expect(endsOf(two, dreamMapscore, { lateDrop: false }).map(([, job]) => job)).toEqual(["b#0", "b#1", "a#0"]);
  const plain = { ...two, accelerator: {} };
  expect(endsOf(plain, dreamMapscore, { lateDrop: false }).map(([, job]) => job)).toEqual(["b#0", "a#0", "b#1"]);
});

test.each(schedulers.map((scheduler) => [scheduler.name, scheduler] as const))(
  "%s runs all jobs where loads take energy and layers do not",
  (_, scheduler) => {
    const free = (id: string): SmallTask => ({
      id,
      layersNs: [10, 10],
      energyPj: [[0], [0]],
      weightBytes: [40, 40],
      atNs: [0, 5, 90],
    });
    expect(run(world(free("a"), free("b")), scheduler).jobs).toHaveLength(6);
  },
);
