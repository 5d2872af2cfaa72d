/** Clients that release their next job when their last one has ended, worked out by hand. */
import { describe, expect, test } from "vitest";
import type { JobRecord } from "../../src/core/records.ts";
import type { ClosedArrival, Queue } from "../../src/core/scenario.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { run, type SmallWorld } from "../worlds.ts";
import { closed, two } from "./clients.ts";
import { firstComeFirst, greedy, planned, releases, scheduler, work } from "./planned.ts";

const timesOf = (world: SmallWorld) => releases(world, run(world, greedy)).map(([releaseNs]) => releaseNs);

describe("a client", () => {
  test("releases its next job when its last one has ended and it has thought, until the duration is over", () => {
    const result = run(two, greedy);
    expect(work(two, result).map(([startNs, endNs, name]) => [startNs, endNs, name])).toEqual([
      [3, 13, "a#0.0"],
      [13, 23, "a#1.0"],
      [23, 33, "a#2.0"],
      [33, 43, "a#3.0"],
      [43, 53, "a#4.0"],
      [53, 63, "a#5.0"],
      [63, 73, "a#6.0"],
    ]);
    // Client 0 has the even jobs. The next ones would come at 68 and 78 ns.
    expect(releases(two, result)).toEqual([
      [3, 21, "a#0"],
      [3, 21, "a#1"],
      [18, 36, "a#2"],
      [28, 46, "a#3"],
      [38, 56, "a#4"],
      [48, 66, "a#5"],
      [58, 76, "a#6"],
    ]);
  });
  test("without think time releases it in the instant of the end", () => {
    const busy: SmallWorld = { tasks: [{ id: "a", layersNs: [10], release: closed(0) }], durationNs: 45 };
    expect(run(busy, greedy).segments.map(({ startNs, endNs }) => [startNs, endNs])).toEqual([
      [0, 10],
      [10, 20],
      [20, 30],
      [30, 40],
      [40, 50],
    ]);
  });
  test("never releases two jobs in one instant, even if they take no time", () => {
    expect(timesOf({ tasks: [{ id: "a", layersNs: [0], release: closed(0) }], durationNs: 4 })).toEqual([0, 1, 2, 3]);
  });
  test("goes on from a dropped job as from a completed one", () => {
    const late: SmallWorld = { ...two, tasks: [{ ...two.tasks[0]!, deadlineNs: 8 }] };
    const dropping = { ...greedy, create: () => ({ lateDrop: true, decide: firstComeFirst }) };
    const result = run(late, dropping);
    // Job 1 is due at 11 and can be dropped when the accelerator is idle, at 13.
    expect(result.ends.slice(0, 3)).toEqual([
      [13, "a#0", "done"],
      [13, "a#1", "late"],
      [28, "a#2", "done"],
    ]);
    expect(releases(late, result).slice(2, 4)).toEqual([
      [18, 26, "a#2"],
      [18, 26, "a#3"],
    ]);
    const first = planned([
      { atNs: 3, drop: "a#0" },
      { atNs: 8, run: "a#1" },
    ]);
    const dropped = run(
      { ...two, durationNs: 9, tasks: [{ ...two.tasks[0]!, release: closed(5, { offsetNs: 3 }) }] },
      {
        ...first,
      },
    );
    expect(dropped.ends).toEqual([
      [3, "a#0", "policy"],
      [18, "a#1", "done"],
    ]);
  });
  test("waits for its own job, not for those that follow from it", () => {
    const chain: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [10], release: closed(2) },
        { id: "b", layersNs: [7], release: { kind: "after", taskIndexes: [0], probability: 1 } },
      ],
      accelerators: 2,
      durationNs: 25,
    };
    expect(work(chain, run(chain, greedy))).toEqual([
      [0, 10, "a#0.0", 0],
      [10, 17, "b#0.0", 0],
      [12, 22, "a#1.0", 1],
      [22, 29, "b#1.0", 0],
      [24, 34, "a#2.0", 1],
      [34, 41, "b#2.0", 0],
    ]);
  });
  test("waits while its task is off", () => {
    const phases = [
      { name: "off", startNs: 20, changes: [{ taskIndex: 0, isEnabled: false }] },
      { name: "on", startNs: 40, changes: [{ taskIndex: 0, isEnabled: true }] },
    ];
    const world: SmallWorld = { tasks: [{ id: "a", layersNs: [10], release: closed(5) }], durationNs: 60, phases };
    expect(timesOf(world)).toEqual([0, 15, 40, 55]);
    expect(timesOf({ ...world, phases: phases.slice(0, 1) })).toEqual([0, 15]);
  });
});

test("a scheduler that drops at once, before clients that do not think, is stopped with a word", () => {
  const dropping = scheduler({ decide: (view, decisions) => decisions.drop(view.readyJobs.first) });
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [10], release: closed(0) }], durationNs: 1e9 };
  expect(() => run(world, dropping)).toThrow("and their clients did not wait before the next; give a longer thinkMs");
});

test("clients that think may be turned away as often as it takes", () => {
  const dropping = scheduler({ decide: (view, decisions) => decisions.drop(view.readyJobs.first) });
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [10], release: closed(2) }], durationNs: 200_010 };
  expect(run(world, dropping).jobs.length).toBe(100_005);
});

describe("before a queue with room for one", () => {
  /** Three clients who think for 5 ns; jobs of 10 ns. Job k is client k % 3's. */
  const queued = (overflow: Queue["overflow"], more: Partial<ClosedArrival> = {}, durationNs = 30): SmallWorld => ({
    tasks: [{ id: "a", layersNs: [10], release: closed(5, { clients: 3, ...more }), queue: { limit: 1, overflow } }],
    durationNs,
  });
  const turnedAway = (reason: "refused" | "queue") => [
    [0, "a#1", reason],
    [0, "a#2", reason],
    [5, "a#5", reason], // a#4 of client 1 came first and waits.
    [10, "a#0", "done"],
    [10, "a#8", reason], // Client 2 again; a#4 starts only after the releases.
    [15, "a#11", reason], // a#3 of client 0 waits.
    [20, "a#4", "done"],
    [20, "a#14", reason],
    [25, "a#17", reason], // a#7 of client 1 waits.
    [30, "a#3", "done"],
    [40, "a#7", "done"],
  ];
  test("a client that is refused thinks, and tries again", () => {
    expect(run(queued("refuse"), greedy).ends).toEqual(turnedAway("refused"));
  });
  test("so does one whose job is dropped as the newest", () => {
    expect(run(queued("drop-newest"), greedy).ends).toEqual(turnedAway("queue"));
  });
  test("so does one whose waiting job makes room for a newer one", () => {
    expect(run(queued("drop-oldest"), greedy).ends).toEqual([
      [0, "a#0", "queue"],
      [0, "a#1", "queue"],
      [5, "a#3", "queue"], // Client 0's, for client 1's a#4.
      [10, "a#2", "done"],
      [10, "a#4", "queue"], // For client 0's a#6.
      [15, "a#5", "queue"], // Client 2's, for client 1's a#7.
      [20, "a#6", "done"],
      [20, "a#7", "queue"], // For client 2's a#8.
      [25, "a#9", "queue"], // Client 0's, for client 1's a#10.
      [30, "a#8", "done"],
      [40, "a#10", "done"],
    ]);
  });
  test("a client that does not think tries again 1 ns later, and in the instant of an end", () => {
    expect(run(queued("refuse", { clients: 2, thinkNs: 0 }, 20), greedy).ends).toEqual([
      [0, "a#1", "refused"], // a#3 comes at 1 and waits.
      [10, "a#0", "done"],
      [10, "a#2", "refused"], // a#4 comes at 11 and waits.
      [20, "a#3", "done"],
      [30, "a#4", "done"],
    ]);
  });
  test.each(["refuse", "drop-newest", "drop-oldest"] as const)(
    "clients that do not think, and for whom there is never room, are stopped with a word (%s)",
    (overflow) => {
      const { tasks } = queued(overflow, { thinkNs: 0 });
      const long: SmallWorld = { tasks: [{ ...tasks[0]!, layersNs: [1e9] }], durationNs: 1e9 };
      expect(() => run(long, greedy)).toThrow("give a longer thinkMs or a longer queue");
    },
  );
});

test("the newest output of a closed loop is that of its latest release, whatever the number of the job", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10], release: closed(0, { clients: 2 }) },
      { id: "r", layersNs: [1], atNs: [35, 45, 55, 65], reads: [0] },
    ],
    accelerators: 2,
    durationNs: 66,
  };
  // Client 0 is served three times before client 1, whose job 3 then comes at 40, after job 6 of client 0 at 30.
  const steps = [
    ...["a#0", "a#2", "a#4", "a#1", "a#3", "a#6"].map((name, i) => ({ atNs: 10 * i, run: name })),
    ...[35, 45, 55, 65].map((atNs, i) => ({ atNs, run: `r#${i}`, on: 1 })),
    ...[60, 70].map((atNs, i) => ({ atNs, run: ["a#5", "a#8"][i]! })),
  ];
  const readers = run(world, planned(steps)).jobs.filter(({ taskIndex }) => taskIndex === 1);
  const reads = readers.map(({ jobIndex, reads: [read] = [] }) => [jobIndex, read?.output?.jobIndex]);
  expect(reads).toEqual([
    [0, 4], // Released at 20.
    [1, 4], // Job 1 has completed, but was released at 0.
    [2, 3], // Released at 40.
    [3, 3], // Job 6 has completed, but was released at 30.
  ]);
});

const drawn: SmallWorld = {
  tasks: [
    { id: "a", layersNs: [10], release: closed(1000, { clients: 3, think: "exponential" }) },
    { id: "b", layersNs: [25], release: closed(40, { clients: 2 }) },
  ],
  durationNs: 4e5,
  seed: 5,
};

/** Think time in front of each job of the first task but the first of each client. */
function thinkTimes(jobs: readonly JobRecord[], clients: number): Map<number, number> {
  const ends = new Map(jobs.filter(({ taskIndex }) => taskIndex === 0).map((job) => [job.jobIndex, job]));
  const times = [...ends.values()].map(({ jobIndex, releaseNs }) => {
    const last = ends.get(jobIndex - clients);
    return [jobIndex, last === undefined ? Number.NaN : releaseNs - (last.completionNs ?? last.dropNs!)] as const;
  });
  return new Map(times.filter(([, ns]) => !Number.isNaN(ns)));
}

test("drawn think times are exponential, and the same under every scheduler", () => {
  const [first, ...others] = schedulers.map((each) => thinkTimes(run(drawn, each).jobs, 3));
  // About 3 x 390 gaps of mean 1000: standard error 30.
  const gaps = [...first!.values()];
  expect(gaps.length).toBeGreaterThan(1000);
  expect(Math.abs(gaps.reduce((sum, ns) => sum + ns, 0) / gaps.length - 1000)).toBeLessThan(120);
  expect(Math.abs(gaps.filter((ns) => ns > 1000).length / gaps.length - Math.exp(-1))).toBeLessThan(0.06);
  for (const other of others) {
    const shared = [...other].filter(([job]) => first!.has(job));
    expect(shared.length).toBeGreaterThan(800);
    expect(shared.filter(([job, ns]) => first!.get(job) !== ns)).toEqual([]);
  }
});
