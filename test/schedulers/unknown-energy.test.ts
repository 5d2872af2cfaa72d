/** Policies that weigh energy do without it where the costs do not know it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AcceleratorView, ReadyJob } from "../../src/core/scheduler.ts";
import { dreamMapscore } from "../../src/schedulers/dream/dream-mapscore.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { leastEdp } from "../../src/schedulers/selection.ts";
import { xrbenchEdp, xrbenchLatency } from "../../src/schedulers/xrbench-greedy.ts";
import { cheapSchedulers } from "../cheap-schedulers.ts";
import { randomWorld } from "../core/random-worlds.ts";
import { propertyRuns } from "../property-runs.ts";
import { run, type SmallWorld } from "../worlds.ts";
import { explained } from "./explained.ts";

const unknown = Number.NaN;

/** Every energy of a world, by the number of its cell. */
function withEnergies(world: SmallWorld, energyPj: (cell: number) => number): SmallWorld {
  const columns = world.units?.reduce((sum, units) => sum + units, 0) ?? world.accelerators ?? 1;
  let cell = 0;
  return {
    ...world,
    tasks: world.tasks.map((task) => ({
      ...task,
      energyPj: task.layersNs.map(() => Array.from({ length: columns }, () => energyPj(cell++))),
    })),
  };
}

describe.each(cheapSchedulers.map((scheduler) => [scheduler.name, scheduler] as const))("%s", (_, scheduler) => {
  test("ends every job where some energies are known, and where none is", () => {
    fc.assert(
      fc.property(randomWorld, fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }), (world, known) => {
        const { ends: allEnds } = run(world, fcfs);
        for (const isKnown of [known, [false]]) {
          const found = run(
            withEnergies(world, (cell) => (isKnown[cell % isKnown.length] ? cell : unknown)),
            scheduler,
          );
          expect(new Set(found.ends.map(([, job]) => job))).toEqual(new Set(allEnds.map(([, job]) => job)));
        }
      }),
      propertyRuns(20),
    );
  });
});

describe("the least energy-delay product", () => {
  const job = {} as ReadyJob;
  const accelerators = [0, 1, 2].map((index) => ({ index }) as AcceleratorView);
  const of = (latenciesNs: readonly number[], energiesPj: readonly number[]) =>
    leastEdp(
      accelerators,
      job,
      (_, { index }) => latenciesNs[index]!,
      (_, { index }) => energiesPj[index]!,
    )?.index;
  test("is that of 10 x 3 against 20 x 1", () => expect(of([10, 20, Infinity], [3, 1, 0])).toBe(1));
  test("is the least latency where one of them is not known", () => expect(of([10, 20, 30], [3, 1, unknown])).toBe(0));
  test("asks nothing of an accelerator that cannot run the job", () =>
    expect(of([10, 20, Infinity], [3, 1, unknown])).toBe(1));
  test("is none where nothing can run the job", () =>
    expect(of([Infinity, Infinity, Infinity], [1, 1, 1])).toBe(undefined));
});

const two: SmallWorld = {
  accelerators: 2,
  tasks: [
    { id: "x", layersNs: [[10, 20]], energyPj: [[9, unknown]] },
    { id: "y", layersNs: [[10, 20]], energyPj: [[9, 1]] },
  ],
};

test("xrbench-edp goes by latency for a job with an energy that is not known, and says so", () => {
  // x on a0 by latency. y: 10 x 9 on a0, which is taken, so a1.
  expect(run(two, xrbenchEdp).starts).toEqual([
    [0, "x", 0],
    [0, "y", 1],
  ]);
  const [first] = explained(two, xrbenchEdp);
  expect(first!.said[2]).toBe(
    "oldest job of the model whose turn it is, at the least latency, as an energy is not known",
  );
  expect(first!.candidates).toEqual([
    ["x on a0", 10, { remainingNs: 10, remainingPj: 9 }],
    ["x on a1", 20, { remainingNs: 20 }],
  ]);
});

test("without any energy xrbench-edp is xrbench-latency, and placement=edp is placement=fastest", () => {
  fc.assert(
    fc.property(randomWorld, (world) => {
      const blind = withEnergies(world, () => unknown);
      expect(run(blind, xrbenchEdp).ends).toEqual(run(blind, xrbenchLatency).ends);
      expect(run(blind, fcfs, { placement: "edp" }).ends).toEqual(run(blind, fcfs).ends);
    }),
    propertyRuns(50),
  );
});

test("MapScore counts the energies of a layer as equal, and its moves as free, where one is not known", () => {
  const world: SmallWorld = {
    accelerators: 2,
    contextSwitch: "on",
    memory: { bandwidthGBs: 1, energyPjPerByte: 5 },
    tasks: [
      {
        id: "a",
        layersNs: [
          [10, 30],
          [20, 10],
        ],
        boundaryBytes: [0, 2],
        energyPj: [
          [1, 9],
          [unknown, 3],
        ],
      },
      { id: "b", layersNs: [[40, 40]] },
    ],
  };
  const termsOf = (layer: number) =>
    explained(world, dreamMapscore)
      .flatMap(({ candidates }) => candidates)
      .filter(([place]) => place.startsWith("a "))
      .map(([place, , terms]) => [place, terms.energyPreference])
      .slice(layer * 2, layer * 2 + 2);
  expect(termsOf(0)).toEqual([
    ["a on a0", 10],
    ["a on a1", 1.11111],
  ]);
  // 2 accelerators can run it; moving 2 bytes twice at 5 pJ each counts nothing.
  expect(termsOf(1)).toEqual([["a on a0", 2]]);
});
