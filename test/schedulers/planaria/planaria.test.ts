/** Planaria with fission, decision by decision. On u of U units a layer takes its latency x U / u. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Decisions, Scheduler } from "../../../src/core/scheduler.ts";
import { planaria } from "../../../src/schedulers/planaria/planaria.ts";
import { randomWorld } from "../../core/random-worlds.ts";
import { propertyRuns } from "../../property-runs.ts";
import { run, type SmallRun, type SmallTask, type SmallWorld } from "../../worlds.ts";
import { explained } from "../explained.ts";

/** [startNs, task, units] of each segment, in order of start, then of tasks. */
const sizes = (world: SmallWorld, { segments }: SmallRun) =>
  segments
    .map((s) => [s.startNs, world.tasks[s.taskIndex]!.id, s.units] as const)
    .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
const sizesOf = (world: SmallWorld) => sizes(world, run(world, planaria));

describe("where all needs fit", () => {
  /** On 1 to 4 units 160, 80, 53, 40 ns. */
  const two = (atNs: number): SmallWorld => ({
    units: [4],
    tasks: [
      { id: "a", layersNs: [40], tiles: [4], deadlineNs: 100 },
      { id: "b", layersNs: [40], tiles: [4], atNs: [atNs], deadlineNs: 80 },
    ],
  });

  test("a job alone has all units; with another, each has the fewest that meet its deadline", () => {
    // At 10 a has three tiles left, 60 ns on 2 units (120 on 1) of a slack of 90; b needs 2 units for 80 ns.
    const world = two(10);
    const outcome = run(world, planaria);
    expect(sizes(world, outcome)).toEqual([
      [0, "a", 4],
      [10, "a", 2],
      [10, "b", 2],
      [70, "b", 4],
    ]);
    // At 70 b has one tile left.
    expect(outcome.ends).toEqual([
      [70, "a#0", "done"],
      [80, "b#0", "done"],
    ]);
  });

  test("a job changes its size at the end of its tile; the other waits for the units", () => {
    // b has lost 7 ns of its 80 when a stops at 20, but what it needs was settled at 13.
    const world = two(13);
    expect(sizesOf(world)).toEqual([
      [0, "a", 4],
      [20, "a", 2],
      [20, "b", 2],
      [60, "b", 4],
    ]);
  });

  test("is explained by needs and slacks at the division, and by the units that come of them", () => {
    const first = "highest priority / (slack x need)";
    // Of 87 ns of slack at 13 a needs 2 units for its rest of 54; b 2 units for 80 of 80.
    expect(explained(two(13), planaria).slice(0, 4)).toEqual([
      { said: [0, "run a", first], candidates: [["a on a0", 0.005, { need: 2, slackNs: 100, units: 4 }]] },
      {
        said: [13, "preempt a", "units changed from 4 to 2"],
        candidates: [["a on a0", 0.00574713, { need: 2, slackNs: 87, units: 2 }]],
      },
      { said: [20, "run a", first], candidates: [["a on a0", 0.00574713, { need: 2, slackNs: 87, units: 2 }]] },
      { said: [20, "run b", first], candidates: [["b on a0", 0.00625, { need: 2, slackNs: 80, units: 2 }]] },
    ]);
  });
  test("is explained by those that get nothing, in order", () => {
    const tasks: SmallTask[] = [
      { id: "late", layersNs: [40], deadlineNs: 30 },
      { id: "calm", layersNs: [20], deadlineNs: 100 },
      { id: "pressed", layersNs: [10], deadlineNs: 12 },
    ];
    expect(explained({ tasks }, planaria)[0]).toEqual({
      said: [0, "run pressed", "highest priority / (slack x need)"],
      candidates: [
        ["pressed on a0", 0.0833333, { need: 1, slackNs: 12, units: 1 }],
        ["calm", 0.01, { need: 1, slackNs: 100, units: 0 }],
        ["late", undefined, { slackNs: 30, units: 0 }],
      ],
    });
  });
  test("is explained by the units that jobs give up, and by those that a job waits for", () => {
    // At 5 b needs 2 units for 15 ns of a slack of 25. a, of high priority, keeps one, but has come to no tile end; c none.
    const tasks: SmallTask[] = [
      { id: "a", layersNs: [30], tiles: [2], priority: 100 },
      { id: "c", layersNs: [4] },
      { id: "b", layersNs: [10], atNs: [5], deadlineNs: 25 },
    ];
    const atFive = explained({ units: [3], tasks }, planaria).filter(({ said: [timeNs] }) => timeNs === 5);
    expect(atFive.map(({ said }) => said)).toEqual([
      [5, "preempt a", "units changed from 2 to 1"],
      [5, "preempt c", "units given to jobs before it"],
      [5, "wait", "allotted units not free yet"],
    ]);
    expect(atFive[2]!.candidates).toEqual([["b on a0", 0.02, { need: 2, slackNs: 25, units: 2 }]]);
  });

  test("spare units are divided in proportion to priority / remaining time", () => {
    // Without deadlines a need is 1. Quotients for the four spare units: a 3, 1, 3/5; b 1.
    const world: SmallWorld = {
      units: [6],
      tasks: [
        { id: "a", layersNs: [10], priority: 3 },
        { id: "b", layersNs: [10], priority: 1 },
      ],
    };
    expect(sizesOf(world).slice(0, 2)).toEqual([
      [0, "a", 4],
      [0, "b", 2],
    ]);
  });

  test("of equal shares the one before in order of release, task, job comes first", () => {
    const world: SmallWorld = {
      units: [3],
      tasks: [
        { id: "a", layersNs: [10] },
        { id: "b", layersNs: [10] },
      ],
    };
    expect(sizesOf(world).slice(0, 2)).toEqual([
      [0, "a", 2],
      [0, "b", 1],
    ]);
  });

  test("a job whose size does not change is not stopped", () => {
    // At 5 all needs are 1; shares 2/35, 2/75, 1/200: c gets nothing. a ends at 40, b at 80: then c grows.
    const world: SmallWorld = {
      units: [2],
      tasks: [
        { id: "a", layersNs: [10, 10], priority: 2 },
        { id: "b", layersNs: [20, 20], priority: 2 },
        { id: "c", layersNs: [100], atNs: [5], priority: 1 },
      ],
    };
    const { jobs } = run(world, planaria);
    expect(jobs.map(({ preemptions }) => preemptions.checkpoint)).toEqual([0, 0, 1]);
  });
});

describe("where needs do not fit", () => {
  /** Needs 3, 2, 1; scores 3/(60 x 3) = 1/60, 1/(90 x 2) = 1/180, 1/170. */
  const three: SmallWorld = {
    units: [4],
    tasks: [
      { id: "x", layersNs: [40], deadlineNs: 60, priority: 3 },
      { id: "y", layersNs: [40], deadlineNs: 90 },
      { id: "z", layersNs: [40], deadlineNs: 170 },
    ],
  };

  test("jobs get their needs by priority / (slack x need) until nothing is left", () => {
    expect(sizesOf(three).slice(0, 2)).toEqual([
      [0, "x", 3],
      [0, "z", 1],
    ]);
  });

  test("a job that nothing can save comes last with one unit, then spare units are divided", () => {
    // At 53 y needs 40 ns on all units and has 37. z has 107 ns left on one: shares 1/107 and 1/160, one spare unit each.
    const outcome = run(three, planaria);
    expect(sizes(three, outcome).slice(2)).toEqual([
      [53, "y", 2],
      [53, "z", 2],
      [107, "y", 4],
    ]);
    // z: 160 - 53 = 107 on one unit, 80 - 26 = 54 on two. y: 54 of 80 done, 40 - 27 = 13 left.
    expect(outcome.ends).toEqual([
      [53, "x#0", "done"],
      [107, "z#0", "done"],
      [120, "y#0", "done"],
    ]);
  });

  test("the last one served gets what is left of its need", () => {
    // x: 53 ns on 3 units of 60; y: 80 on 2 of 90, of which one is left.
    const world: SmallWorld = { units: [4], tasks: three.tasks.slice(0, 2) };
    expect(sizesOf(world).slice(0, 2)).toEqual([
      [0, "x", 3],
      [0, "y", 1],
    ]);
  });

  test("jobs that all are past saving are served by priority / remaining time", () => {
    const world: SmallWorld = {
      units: [1],
      tasks: [
        { id: "a", layersNs: [30], deadlineNs: 5 },
        { id: "b", layersNs: [30], deadlineNs: 5, priority: 4 },
        { id: "c", layersNs: [10], deadlineNs: 5, priority: 2 },
      ],
    };
    // Shares: 1/30, 4/30, 2/10.
    const { starts } = run(world, planaria, { lateDrop: false });
    expect(starts.map(([timeNs, task]) => [timeNs, task])).toEqual([
      [0, "c"],
      [10, "b"],
      [40, "a"],
    ]);
  });
});

test("no unit idles beside a job that could use it, but while a job is stopping", () => {
  const property = fc.property(randomWorld, (world) => {
    let wasted = 0;
    const watched: Scheduler = {
      ...planaria,
      create(...given) {
        const policy = planaria.create(...given);
        return {
          ...policy,
          decide(view, decisions) {
            const list = decisions as Decisions & { readonly length: number };
            policy.decide(view, decisions);
            if (list.length === 0 && !view.runningJobs.some(({ isStopping }) => isStopping)) wasted += 1;
          },
        };
      },
    };
    run(world, watched);
    expect(wasted).toBe(0);
  });
  fc.assert(property, propertyRuns(200));
});
