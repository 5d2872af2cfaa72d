/** planaria without fission, and on several accelerators with it. */
import { describe, expect, test } from "vitest";
import { planaria } from "../../../src/schedulers/planaria/planaria.ts";
import { run, type SmallWorld } from "../../worlds.ts";

describe("without fission", () => {
  test("the highest priority / slack runs, decided when a job comes or ends, stopping at layer ends where needed", () => {
    const world: SmallWorld = {
      preemption: ["drain"],
      tasks: [
        { id: "a", layersNs: [20, 20], deadlineNs: 200 },
        { id: "b", layersNs: [10], atNs: [5], deadlineNs: 100 },
        { id: "c", layersNs: [10], atNs: [6], deadlineNs: 150, priority: 4 },
      ],
    };
    // a 1/195 at 5, b 1/100; c 4/150 at 6.
    expect(run(world, planaria).starts.map(([timeNs, task]) => [timeNs, task])).toEqual([
      [0, "a"],
      [20, "c"],
      [30, "b"],
      [40, "a"],
    ]);
  });

  test("a job takes no faster accelerator than its deadline asks for, and the fastest where none is in time", () => {
    // Scores at 0: soon 1/17, long 1/22. At 50: lost, which takes 40 of 30 ns at best.
    const tasks = [
      { id: "soon", layersNs: [[4, 5]], deadlineNs: 17 },
      { id: "long", layersNs: [[17, 30]], deadlineNs: 22 },
      { id: "lost", layersNs: [[40, 60]], atNs: [50], deadlineNs: 30 },
    ];
    expect(run({ accelerators: 2, tasks }, planaria).starts).toEqual([
      [0, "long", 0],
      [0, "soon", 1],
      [50, "lost", 0],
    ]);
  });

  test("of several accelerators the one whose job is served last is freed, and the others keep their jobs", () => {
    // a0 is faster for all. Scores at 5: c 1/35, a 1/95, b 1/195.
    const world: SmallWorld = {
      accelerators: 2,
      tasks: [
        { id: "a", layersNs: [[40, 60]], deadlineNs: 100 },
        { id: "b", layersNs: [[40, 60]], deadlineNs: 200 },
        { id: "c", layersNs: [[10, 20]], atNs: [5], deadlineNs: 35 },
      ],
    };
    const { starts, jobs } = run(world, planaria);
    expect(starts).toEqual([
      [0, "b", 0],
      [0, "a", 1],
      [5, "c", 0],
      [15, "b", 0],
    ]);
    expect(jobs.map(({ preemptions }) => preemptions.checkpoint)).toEqual([0, 1, 0]);
  });
});

describe("several accelerators with fission", () => {
  test("a job goes where its need fits and most units are left beside it", () => {
    // Needs of 2, 1, 1 units: b finds 2 left on a0 less 1, 4 on a1 less 1; c then 2 on a0, 3 on a1.
    // Of the two spare units of a1 b gets both: quotients 5, 5/3 against 1.
    const world: SmallWorld = {
      units: [4, 4],
      tasks: [
        { id: "a", layersNs: [40], deadlineNs: 100, priority: 9 },
        { id: "b", layersNs: [40], deadlineNs: 200, priority: 5 },
        { id: "c", layersNs: [40], deadlineNs: 200, priority: 1 },
      ],
    };
    const { segments } = run(world, planaria);
    const first = segments.filter(({ startNs }) => startNs === 0);
    expect(first.map((s) => [s.taskIndex, s.acceleratorIndex, s.units]).sort()).toEqual([
      [0, 0, 4],
      [1, 1, 3],
      [2, 1, 1],
    ]);
  });
});
