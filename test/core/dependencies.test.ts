import { describe, expect, test } from "vitest";
import type { JobRecord } from "../../src/core/records.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { run, type SmallTask, type SmallWorld } from "../worlds.ts";
import { firstComeFirst, planned, releases, type Step, scheduler, work } from "./planned.ts";

const dependsOn = (taskIndexes: readonly number[], probability = 1) =>
  ({ kind: "after", taskIndexes, probability }) as const;
const periodic = (periodNs: number) => ({ kind: "periodic", fps: 1e9 / periodNs, offsetNs: 0, jitterNs: 0 }) as const;
const greedy = scheduler({ decide: firstComeFirst });

/** What ended when and how, and when it counts as released. */
const account = (world: SmallWorld, steps: readonly Step[]) =>
  run(world, planned(steps)).jobs.map((job) => [
    job.releaseNs,
    `${world.tasks[job.taskIndex]!.id}#${job.jobIndex}`,
    job.completionNs ?? job.dropNs,
    job.dropReason ?? "done",
  ]);

describe("a dependent job", () => {
  test("is released when its parent completes, and due from its parent's nominal release", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "eyes", layersNs: [30], release: periodic(100), deadlineNs: 100 },
        { id: "gaze", layersNs: [20], release: dependsOn([0]), deadlineNs: 100 },
      ],
      durationNs: 200,
    };
    const result = run(world, greedy);
    expect(work(world, result)).toEqual([
      [0, 30, "eyes#0.0", 0],
      [30, 50, "gaze#0.0", 0],
      [100, 130, "eyes#1.0", 0],
      [130, 150, "gaze#1.0", 0],
    ]);
    expect(releases(world, result)).toEqual([
      [0, 100, "eyes#0"],
      [30, 100, "gaze#0"],
      [100, 200, "eyes#1"],
      [130, 200, "gaze#1"],
    ]);
  });
  test("is due from the nominal release of the root frame down a whole chain, jitter left out", () => {
    const root = { kind: "periodic", fps: 1e6, offsetNs: 7, jitterNs: 500 } as const;
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [30], release: root },
        { id: "b", layersNs: [20], release: dependsOn([0]), deadlineNs: 60 },
        { id: "c", layersNs: [10], release: dependsOn([1]), deadlineNs: 80 },
      ],
      durationNs: 1000,
    };
    const { jobs } = run(world, greedy);
    expect(jobs.map((job) => job.frameReleaseNs)).toEqual([7, 7, 7]);
    expect(jobs.map((job) => job.deadlineNs)).toEqual([Infinity, 67, 87]);
    expect(jobs[0]!.releaseNs).toBeGreaterThan(7);
    expect(jobs[2]!.completionNs).toBe(jobs[0]!.releaseNs + 60);
  });
  test("may be due before it is released, where its parent was slow", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [90] },
        { id: "b", layersNs: [5], release: dependsOn([0]), deadlineNs: 50 },
      ],
    };
    expect(run(world, greedy).jobs.map((job) => [job.releaseNs, job.deadlineNs, job.completionNs])).toEqual([
      [0, Infinity, 90],
      [90, 50, 95],
    ]);
    const late = run(world, { ...scheduler({ decide: firstComeFirst, lateDrop: true }) });
    expect(late.ends).toEqual([
      [90, "a#0", "done"],
      [90, "b#0", "late"],
    ]);
  });
  test("is released after the duration too, where its parent was released before it", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [90], release: periodic(60) },
        { id: "b", layersNs: [5], release: dependsOn([0]) },
      ],
      durationNs: 100,
    };
    expect(run(world, greedy).ends).toEqual([
      [90, "a#0", "done"],
      [180, "a#1", "done"],
      [185, "b#0", "done"],
      [190, "b#1", "done"],
    ]);
  });
  test("keeps its own priority, also where a trace gave its parent another", () => {
    const releasesOfA = [{ releaseNs: 0, priority: 9 }];
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [1], release: { kind: "trace", releases: releasesOfA } },
        { id: "b", layersNs: [1], release: dependsOn([0]), priority: 3 },
      ],
    };
    expect(run(world, greedy).jobs.map((job) => job.priority)).toEqual([9, 3]);
  });
});

describe("the draw that triggers a dependent job", () => {
  const cascade = (probability: number, seed: number): SmallWorld => ({
    tasks: [
      { id: "a", layersNs: [3], release: periodic(10), deadlineNs: 15 },
      { id: "b", layersNs: [4], release: dependsOn([0], probability), deadlineNs: 15 },
      { id: "c", layersNs: [5], release: dependsOn([1], 0.5), deadlineNs: 15 },
    ],
    durationNs: 40_000,
    seed,
  });
  const framesOf = (jobs: readonly JobRecord[], taskIndex: number) =>
    jobs
      .filter((job) => job.taskIndex === taskIndex)
      .map((job) => job.jobIndex)
      .sort((a, b) => a - b);

  test("is the same under every scheduler, though they drop and order differently", () => {
    const reference = run(cascade(0.4, 5), greedy).jobs;
    for (const each of schedulers) {
      const { jobs } = run(cascade(0.4, 5), each);
      for (const task of [0, 1, 2]) expect(framesOf(jobs, task)).toEqual(framesOf(reference, task));
    }
  });
  test("triggers the share of frames that its probability says, chained ones the product", () => {
    const { jobs } = run(cascade(0.4, 5), greedy);
    // 4000 frames: standard errors 0.0077 and 0.0063.
    expect(Math.abs(framesOf(jobs, 1).length / 4000 - 0.4)).toBeLessThan(4 * 0.0077);
    expect(Math.abs(framesOf(jobs, 2).length / 4000 - 0.2)).toBeLessThan(4 * 0.0063);
  });
  test("always triggers at probability 1 and never at 0", () => {
    expect(framesOf(run(cascade(1, 5), greedy).jobs, 1).length).toBe(4000);
    expect(framesOf(run(cascade(0, 5), greedy).jobs, 1)).toEqual([]);
    expect(framesOf(run(cascade(0, 5), greedy).jobs, 2)).toEqual([]);
  });
  test("at a higher probability triggers every frame of the lower one", () => {
    const few = framesOf(run(cascade(0.3, 5), greedy).jobs, 1);
    const many = new Set(framesOf(run(cascade(0.6, 5), greedy).jobs, 1));
    expect(few.every((frame) => many.has(frame))).toBe(true);
  });
  test("differs from seed to seed", () => {
    expect(framesOf(run(cascade(0.4, 5), greedy).jobs, 1)).not.toEqual(framesOf(run(cascade(0.4, 6), greedy).jobs, 1));
  });
});

describe("a join", () => {
  const join = (tasks: readonly Partial<SmallTask>[] = []): SmallWorld => ({
    tasks: [
      { id: "root", layersNs: [10] },
      { id: "left", layersNs: [20], release: dependsOn([0]), ...tasks[0] },
      { id: "right", layersNs: [50], release: dependsOn([0]), ...tasks[1] },
      { id: "join", layersNs: [5], release: dependsOn([1, 2]), deadlineNs: 100 },
      { id: "leaf", layersNs: [1], release: dependsOn([3]), deadlineNs: 100 },
    ],
    accelerators: 2,
  });
  const parents: readonly Step[] = [
    { atNs: 0, run: "root#0" },
    { atNs: 10, run: "left#0", on: 0 },
    { atNs: 10, run: "right#0", on: 1 },
  ];

  test("is released when the last of its parents completes", () => {
    const steps: Step[] = [...parents, { atNs: 60, run: "join#0" }, { atNs: 65, run: "leaf#0" }];
    expect(account(join(), steps)).toEqual([
      [0, "root#0", 10, "done"],
      [10, "left#0", 30, "done"],
      [10, "right#0", 60, "done"],
      [60, "join#0", 65, "done"],
      [65, "leaf#0", 66, "done"],
    ]);
  });
  test("is dropped with the first parent that is, and all that it would have triggered with it", () => {
    const steps: Step[] = [...parents.slice(0, 2), { atNs: 10, drop: "right#0" }];
    expect(account(join(), steps)).toEqual([
      [0, "root#0", 10, "done"],
      [10, "right#0", 10, "policy"],
      [10, "join#0", 10, "parent"],
      [10, "leaf#0", 10, "parent"],
      [10, "left#0", 30, "done"],
    ]);
  });
  test("is dropped once where both parents are", () => {
    const steps: Step[] = [
      { atNs: 0, run: "root#0" },
      { atNs: 10, drop: "left#0" },
      { atNs: 10, drop: "right#0" },
    ];
    expect(account(join(), steps).map(([, name, , how]) => [name, how])).toEqual([
      ["root#0", "done"],
      ["left#0", "policy"],
      ["join#0", "parent"],
      ["leaf#0", "parent"],
      ["right#0", "policy"],
    ]);
  });
  test("is dropped when a parent is after another has completed", () => {
    const steps: Step[] = [...parents.slice(0, 2), { atNs: 30, drop: "right#0" }];
    expect(account(join(), steps).slice(1)).toEqual([
      [10, "left#0", 30, "done"],
      [10, "right#0", 30, "policy"],
      [30, "join#0", 30, "parent"],
      [30, "leaf#0", 30, "parent"],
    ]);
  });
  test("is not triggered where one of its parents was not, and nothing waits for it", () => {
    const steps: Step[] = [
      { atNs: 0, run: "root#0" },
      { atNs: 10, run: "left#0", on: 0 },
    ];
    expect(account(join([{}, { release: dependsOn([0], 0) }]), steps)).toEqual([
      [0, "root#0", 10, "done"],
      [10, "left#0", 30, "done"],
    ]);
  });
  test("of parents with two roots is due from the later frame", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [10], release: periodic(100) },
        { id: "b", layersNs: [10], release: { kind: "periodic", fps: 1e7, offsetNs: 40, jitterNs: 0 } },
        { id: "both", layersNs: [1], release: dependsOn([0, 1]), deadlineNs: 60 },
      ],
      durationNs: 100,
    };
    expect(releases(world, run(world, greedy))).toEqual([
      [0, Infinity, "a#0"],
      [40, Infinity, "b#0"],
      [50, 100, "both#0"],
    ]);
  });

  const twoRoots: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10], release: periodic(100) },
      { id: "b", layersNs: [10], release: { kind: "periodic", fps: 1e7, offsetNs: 40, jitterNs: 0 } },
      { id: "both", layersNs: [1], release: dependsOn([0, 1]), deadlineNs: 60 },
      { id: "leaf", layersNs: [1], release: dependsOn([2]), deadlineNs: 70 },
    ],
    durationNs: 100,
  };
  const frames = (steps: readonly Step[]) =>
    run(twoRoots, planned(steps))
      .jobs.filter(({ taskIndex }) => taskIndex >= 2)
      .map((job) => [job.dropNs ?? job.completionNs, job.frameReleaseNs, job.deadlineNs]);

  test("counts from its later frame, too, if it is dropped before that one comes", () => {
    const early: Step[] = [
      { atNs: 0, drop: "a#0" },
      { atNs: 40, run: "b#0" },
    ];
    const late: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 40, drop: "b#0" },
    ];
    // Dropped at 0 or at 40 ns: its frame is that of 40 ns.
    expect(frames(early)).toEqual([
      [0, 40, 100],
      [0, 40, 110],
    ]);
    expect(frames(late)).toEqual([
      [40, 40, 100],
      [40, 40, 110],
    ]);
  });

  test("takes its period from the first root, whichever parent ends last", () => {
    // Frame 1 of `a` comes at 100 ns, before the phase, and that of `b` at 140 ns, in it. Frame 2 of `a` joins none.
    const world: SmallWorld = {
      tasks: twoRoots.tasks.slice(0, 3).map((task) => ({ ...task, deadlineIsPeriod: true })),
      phases: [{ name: "slow", startNs: 140, changes: [0, 1].map((taskIndex) => ({ taskIndex, fps: 5e6 })) }],
      durationNs: 141,
      accelerators: 2,
    };
    const deadlines = (first: string, second: string) =>
      run(
        world,
        planned([
          { atNs: 0, run: "a#0", on: 0 },
          { atNs: 40, run: "b#0", on: 0 },
          { atNs: 50, run: "both#0", on: 0 },
          { atNs: 140, run: first, on: 0 },
          { atNs: 150, run: second, on: 0 },
          { atNs: 160, run: "a#2", on: 1 },
          { atNs: 160, run: "both#1", on: 0 },
        ]),
      ).jobs.flatMap(({ taskIndex, deadlineNs }) => (taskIndex === 2 ? [deadlineNs] : []));
    // 40 + 100 and 140 + 100: the period of `a` at its frame, not the 200 ns of `b`.
    expect(deadlines("a#1", "b#1")).toEqual([140, 240]);
    expect(deadlines("b#1", "a#1")).toEqual([140, 240]);
  });
});

test("a dropped job takes its triggered descendants with it, counted as released, and no others", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10] },
      { id: "b", layersNs: [10], release: dependsOn([0]), deadlineNs: 70, priority: 4 },
      { id: "never", layersNs: [10], release: dependsOn([0], 0) },
      { id: "d", layersNs: [10], release: dependsOn([1]), deadlineNs: 90 },
    ],
  };
  const { jobs } = run(world, planned([{ atNs: 0, drop: "a#0" }]));
  expect(jobs.map((job) => [job.taskIndex, job.releaseNs, job.deadlineNs, job.dropNs, job.dropReason])).toEqual([
    [0, 0, Infinity, 0, "policy"],
    [1, 0, 70, 0, "parent"],
    [3, 0, 90, 0, "parent"],
  ]);
  expect(jobs[1]).toMatchObject({ startNs: undefined, completionNs: undefined, energyPj: 0, priority: 4 });
});

test("a join of two roots sees only the frames that both release", () => {
  const root = (id: string, offsetNs: number) => ({
    id,
    layersNs: [1],
    release: { kind: "periodic", fps: 1e8, offsetNs, jitterNs: 0 } as const,
  });
  const join = { id: "join", layersNs: [1], release: { kind: "after", taskIndexes: [0, 1], probability: 1 } as const };
  // Frames at 0, 10, 20 and at 5, 15: the third frame of `a` has no partner.
  const { ends } = run({ tasks: [root("a", 0), root("b", 5), join], durationNs: 25 }, fcfs);
  expect(ends.filter(([, job]) => job.startsWith("join"))).toEqual([
    [7, "join#0", "done"],
    [17, "join#1", "done"],
  ]);
});
