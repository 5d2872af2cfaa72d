/** Joins: worked out by hand, and what they count from, which is the same under every schedule. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listenToEnds, together } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import { simulate } from "../../src/core/simulate.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { propertyRuns } from "../property-runs.ts";
import { dependsOn, everyNs, periodic } from "../releases.ts";
import { run, type SmallTask, type SmallWorld, smallScenario } from "../worlds.ts";
import { chaos } from "./chaos.ts";
import { greedy, planned, releases, type Step } from "./planned.ts";
import { randomJoins } from "./random-joins.ts";

/** What ended when and how, and when it counts as released. */
const account = (world: SmallWorld, steps: readonly Step[]) =>
  run(world, planned(steps)).jobs.map((job) => [
    job.releaseNs,
    `${world.tasks[job.taskIndex]!.id}#${job.jobIndex}`,
    job.completionNs ?? job.dropNs,
    job.dropReason ?? "done",
  ]);

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
        { id: "a", layersNs: [10], release: everyNs(100) },
        { id: "b", layersNs: [10], release: periodic(1e7, 40) },
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
      { id: "a", layersNs: [10], release: everyNs(100) },
      { id: "b", layersNs: [10], release: periodic(1e7, 40) },
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

/** Frame and deadline of each job, by its name, and what the audit finds. */
function audited(world: SmallWorld, salt: number) {
  const { scenario, system, costTable } = smallScenario(world);
  const program = compile(scenario, system, costTable);
  const seed = world.seed ?? 1;
  const audit = createAudit(program, { seed, lateDrop: false });
  const jobs: [name: string, frameNs: number, deadlineNs: number][] = [];
  const ends = listenToEnds(({ taskIndex, jobIndex, frameReleaseNs, deadlineNs }) =>
    jobs.push([`${taskIndex}#${jobIndex}`, frameReleaseNs, deadlineNs]),
  );
  const totals = simulate(
    program,
    chaos,
    { salt, lateDrop: false },
    { seed, observer: together([audit.observer, ends]) },
  );
  return { jobs: jobs.sort(([a], [b]) => (a < b ? -1 : 1)), findings: audit.finish(totals) };
}

test("jobs, their frames and their deadlines are those of the draws, however jobs are dropped", () => {
  const property = fc.property(randomJoins, fc.integer(), fc.integer(), (world, one, other) => {
    const [here, there] = [audited(world, one), audited(world, other)];
    expect(here.findings).toEqual([]);
    expect(there.jobs).toEqual(here.jobs);
  });
  fc.assert(property, propertyRuns(300));
});
