/** An audit is only worth what it notices: one tampered log a rule. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JobCompleted, listenToEnds, type Observer, together } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { JobRecord, RunTotals, Segment } from "../../src/core/records.ts";
import type { Scheduler } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { chaos } from "../core/chaos.ts";
import { planned, type Step } from "../core/planned.ts";
import { randomWorld } from "../core/random-worlds.ts";
import { propertyRuns } from "../property-runs.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";

const paidFor = { memory: { bandwidthGBs: 2, energyPjPerByte: 3 }, contextSwitch: "on" } as const;
/** A run in which most things happen: checkpoint, kill, moves, an eviction, a join, drops of every reason. */
const world: SmallWorld = {
  tasks: [
    { id: "a", layersNs: [100, 50], boundaryBytes: [0, 6], liveBytes: [10, 4], deadlineNs: 1000 },
    { id: "b", layersNs: [20], atNs: [30] },
    { id: "c", layersNs: [10], release: { kind: "after", taskIndexes: [0, 1], probability: 1 }, deadlineNs: 900 },
    { id: "late", layersNs: [5], deadlineNs: 10 },
    { id: "dropped", layersNs: [5], atNs: [40] },
    { id: "orphan", layersNs: [5], release: { kind: "after", taskIndexes: [4], probability: 1 }, deadlineNs: 70 },
    { id: "killed", layersNs: [30], atNs: [60] },
  ],
  accelerators: 2,
  bufferBytes: [8, 4],
  ...paidFor,
};
/**
 * a: 0 to 30, 8 bytes saved until 34; read until 59 on a1, 70 ns to 129; 6 bytes moved until 135 on a0, 50 ns to 185.
 * b: 34 to 54 on a0. killed: 60 to 80 and again to 110 on a0.
 */
const steps: readonly Step[] = [
  { atNs: 0, run: "a#0", on: 0 },
  { atNs: 30, checkpoint: "a#0" },
  { atNs: 34, run: "b#0", on: 0 },
  { atNs: 40, drop: "dropped#0" },
  { atNs: 55, run: "a#0", on: 1, layers: 1 },
  { atNs: 60, run: "killed#0", on: 0 },
  { atNs: 80, kill: "killed#0" },
  { atNs: 80, run: "killed#0", on: 0 },
  { atNs: 129, run: "a#0", on: 0 },
  { atNs: 185, run: "c#0", on: 1 },
];

interface Log {
  jobs: JobRecord[];
  segments: Segment[];
  totals: RunTotals;
}

const { scenario, system, costTable } = smallScenario(world);
const program = compile(scenario, system, costTable);
const log = recorded(withLateDrop(planned(steps)));

function withLateDrop(scheduler: Scheduler): Scheduler {
  return { ...scheduler, create: (...given) => ({ ...scheduler.create(...given), lateDrop: true }) };
}

function recorded(scheduler: Scheduler): Log {
  const jobs: JobRecord[] = [];
  const segments: Segment[] = [];
  const segmentEnded = (segment: Segment) => void segments.push(segment);
  const observer = { ...listenToEnds((job) => jobs.push(job)), segmentEnded };
  return { jobs, segments, totals: simulate(program, scheduler, {}, { seed: 1, observer }) };
}

function findingsOf({ jobs, segments, totals }: Log): readonly string[] {
  const audit = createAudit(program, { seed: 1, lateDrop: true });
  const { segmentEnded, jobCompleted } = audit.observer;
  for (const segment of segments) segmentEnded!({ kind: "segmentEnded", timeNs: segment.endNs, ...segment });
  // Dropped jobs too: the audit reads what the record says, which may be wrong here.
  for (const job of jobs) jobCompleted!({ kind: "jobCompleted", timeNs: endNsOf(job), ...job } as JobCompleted);
  return audit.finish(totals);
}

const endNsOf = ({ completionNs, dropNs }: JobRecord): number => completionNs ?? dropNs!;

const taskIndexOf = (id: string) => world.tasks.findIndex((task) => task.id === id);

/** The log with a job of a task, or one of its segments, changed. */
function withJob(id: string, change: (job: JobRecord) => Partial<JobRecord>): Log {
  const jobs = log.jobs.map((job) => (job.taskIndex === taskIndexOf(id) ? { ...job, ...change(job) } : job));
  return { ...log, jobs };
}
function withSegment(id: string, index: number, change: (segment: Segment) => Partial<Segment>): Log {
  const chosen = log.segments.filter((segment) => segment.taskIndex === taskIndexOf(id))[index]!;
  return { ...log, segments: log.segments.map((each) => (each === chosen ? { ...each, ...change(each) } : each)) };
}
function without(id: string, what: "jobs" | "segments"): Log {
  const isOther = ({ taskIndex }: { taskIndex: number }) => taskIndex !== taskIndexOf(id);
  return { ...log, [what]: log[what].filter(isOther) };
}
function withAccelerator(change: Partial<RunTotals["accelerators"][number]>): Log {
  const [first, ...rest] = log.totals.accelerators;
  return { ...log, totals: { ...log.totals, accelerators: [{ ...first!, ...change }, ...rest] } };
}

test("the honest log has no findings, and is the one worked out by hand", () => {
  expect(findingsOf(log)).toEqual([]);
  const account = log.jobs.map((job) => [
    world.tasks[job.taskIndex]!.id,
    job.startNs,
    job.completionNs ?? job.dropNs,
    job.dropReason ?? "done",
    job.energyPj,
  ]);
  expect(account).toEqual([
    ["late", undefined, 30, "late", 0],
    ["dropped", undefined, 40, "policy", 0],
    ["orphan", undefined, 40, "parent", 0],
    ["b", 34, 54, "done", 20],
    ["killed", 60, 110, "done", 50],
    // Work 150; 24 to save 8 bytes, 24 to read them, 36 to write and read 6.
    ["a", 0, 185, "done", 234],
    ["c", 185, 195, "done", 10],
  ]);
});

test("what a checkpoint saved is read back, also where a size of larger tiles begins the layer anew", () => {
  const task = { id: "a", layersNs: [100], tiles: [[10, 4]], liveBytes: [8], boundaryBytes: [4] };
  const world: SmallWorld = { ...paidFor, tasks: [task], units: [2] };
  // 200 ns on one unit: stopped at 20, after 1 tile of 10; none of 4. 8 bytes saved until 24 and read until 34.
  const steps: readonly Step[] = [
    { atNs: 0, run: "a#0", on: 0, units: 1 },
    { atNs: 15, checkpoint: "a#0" },
    { atNs: 30, run: "a#0", on: 0, units: 2 },
  ];
  const { scenario, system, costTable } = smallScenario(world);
  const program = compile(scenario, system, costTable);
  const audit = createAudit(program, { seed: 1, lateDrop: false });
  const completions: (number | undefined)[] = [];
  const watch: Observer = { jobCompleted: (job) => completions.push(job.completionNs) };
  const observer = together([audit.observer, watch]);
  const totals = simulate(program, planned(steps), {}, { seed: 1, observer });
  expect(completions).toEqual([134]);
  expect(audit.finish(totals)).toEqual([]);
});

const lies: readonly (readonly [string, Log, string])[] = [
  ["a job that ended twice", { ...log, jobs: [...log.jobs, log.jobs[3]!] }, 'job 0 of task "b" ended twice'],
  ["a root job that is missing", without("late", "jobs"), "job 3/0 (task/index) never ended"],
  ["a dependent job that is missing", without("c", "jobs"), "job 2/0 (task/index) never ended"],
  ["an orphan that was not counted", without("orphan", "jobs"), "job 5/0 (task/index) never ended"],
  ["a job that nobody released", withJob("b", () => ({ jobIndex: 1 })), 'job 1 of task "b" should not exist'],
  ["work of a job that never ended", without("killed", "jobs"), "job 6/0 (task/index) ran but never ended"],
  ["a wrong release", withJob("b", () => ({ releaseNs: 31 })), "was released at 31 ns, not 30"],
  ["a join before its last parent", withJob("c", () => ({ releaseNs: 54 })), "was released at 54 ns, not 185"],
  ["a job of more work", withJob("b", () => ({ scale: 2 })), 'job 0 of task "b" is 2 of its model\'s work, not 1'],
  ["a time of another work", withJob("b", () => ({ scale: 2 })), "took a wrong time for layer 0 at 34 ns"],
  ["an energy of another work", withJob("b", () => ({ scale: 2 })), "took 20 pJ for layer 0 at 34 ns, not 40"],
  ["a wrong deadline", withJob("a", () => ({ deadlineNs: 1001 })), "is due at 1001 ns, not 1000"],
  ["a dependent due from its release", withJob("c", () => ({ deadlineNs: 1085 })), "is due at 1085 ns, not 930"],
  ["an orphan that lived", withJob("orphan", () => ({ dropReason: "policy" })), "does not share its parent's fate"],
  ["a job that both completed and was dropped", withJob("b", () => ({ dropNs: 54 })), "must either complete or be"],
  ["a job that did neither", withJob("b", () => ({ completionNs: undefined })), "must either complete or be dropped"],
  ["a late drop of a started job", withJob("late", () => ({ startNs: 5 })), "was dropped late after it had started"],
  ["a late drop in time", withJob("late", () => ({ dropNs: 10 })), "dropped late before its deadline had passed"],
  [
    "a late job that ran",
    withJob("late", () => ({ dropNs: undefined, dropReason: undefined, startNs: 30, completionNs: 35 })),
    "started after its deadline instead of being dropped",
  ],
  ["a start before the release", withJob("b", () => ({ startNs: 29 })), "started before its release"],
  ["a start without work", withJob("b", () => ({ startNs: 35 })), "started at 35 ns, not with its first layer"],
  ["a completion without work", withJob("b", () => ({ completionNs: 55 })), "completed at 55 ns, not with its last"],
  ["a completion with layers left", without("b", "segments"), "completed before its last layer"],
  ["a layer out of order", withSegment("a", 2, () => ({ layerIndex: 0 })), "ran layer 0 where layer 1 was next"],
  [
    "a layer that ran twice",
    { ...log, segments: [...log.segments, log.segments[1]!] },
    "where layer undefined was next",
  ],
  ["progress from nowhere", withSegment("a", 1, () => ({ progressBefore: 0.4 })), "went on at 0.4 of layer 0, not 0.3"],
  ["a layer that was too fast", withSegment("b", 0, () => ({ endNs: 53 })), "took a wrong time for layer 0 at 34 ns"],
  [
    "a layer faster than on its accelerator",
    withSegment("a", 1, () => ({ endNs: 127 })),
    "took a wrong time for layer 0 at 55 ns",
  ],
  ["a job in two places", withSegment("a", 1, () => ({ startNs: 33, endNs: 107 })), "ran twice at 33 ns"],
  [
    "an accelerator with two jobs",
    withSegment("b", 0, () => ({ startNs: 33, endNs: 53 })),
    'accelerator "a0" runs more than 1 unit(s) at 33 ns',
  ],
  ["accelerators that a job did not use", withJob("b", () => ({ accelerators: [1] })), "names other accelerators than"],
  ["busy time", withAccelerator({ busyNs: 1 }), 'accelerator "a0" was busy 160 ns, reported as 1'],
  ["more busy time than time", withAccelerator({ busyNs: 196 }), 'accelerator "a0" was busy longer than the run'],
  ["a move for free", withSegment("a", 2, () => ({ switchInNs: 0 })), "spent 0 ns on its context at 129 ns, not 6"],
  [
    "a move of more than the buffer held",
    withSegment("a", 1, () => ({ switchInNs: 5 })),
    "spent 5 ns on its context at 55 ns, not 4",
  ],
  [
    "a checkpoint for free",
    withSegment("a", 0, () => ({ switchOutNs: 0 })),
    "spent 0 ns on saving its context at 0 ns",
  ],
  [
    "context switches of a job",
    withJob("a", () => ({ contextSwitches: 1 })),
    "reports 1 context switches, its segments 2",
  ],
  [
    "context switches of an accelerator",
    withAccelerator({ contextSwitches: 0 }),
    'accelerator "a0" reports 0 context switches, its segments 1',
  ],
  [
    "checkpoints",
    withJob("a", () => ({ preemptions: { checkpoint: 0, kill: 0, drain: 0 } })),
    'job 0 of task "a" reports 0 checkpoints, its segments 1',
  ],
  [
    "kills",
    withJob("killed", () => ({ preemptions: { checkpoint: 0, kill: 0, drain: 0 } })),
    'job 0 of task "killed" reports 0 kills, its segments 1',
  ],
  ["energy of a job", withJob("a", () => ({ energyPj: 150 })), "is charged 150 pJ, its layers took 234 pJ"],
  ["energy of an accelerator", withAccelerator({ energyPj: 0 }), 'accelerator "a0" is charged 0 pJ, its layers took'],
  ["energy of a layer", withSegment("b", 0, () => ({ energyPj: 19 })), "took 19 pJ for layer 0 at 34 ns, not 20"],
  [
    "energy of a killed layer",
    withSegment("killed", 0, () => ({ energyPj: 0 })),
    "took 0 pJ for layer 0 at 60 ns, not 20",
  ],
];

describe("the audit notices", () => {
  test.each(lies)("%s", (_, tampered, finding) => {
    expect(findingsOf(tampered)).toEqual(expect.arrayContaining([expect.stringContaining(finding)]));
  });
});

test("the audit agrees with runs on accelerators of small and different buffers", () => {
  const buffers = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 3, maxLength: 3 });
  const bandwidths = fc.constantFrom(0.3, 3, 49, 98, 1e6);
  const property = fc.property(
    randomWorld,
    buffers,
    bandwidths,
    fc.integer(),
    (given, bufferBytes, bandwidthGBs, salt) => {
      const memory = { bandwidthGBs, energyPjPerByte: 0.1 };
      const { scenario, system, costTable } = smallScenario({ ...given, bufferBytes, memory, contextSwitch: "on" });
      const compiled = compile(scenario, system, costTable);
      const seed = given.seed ?? 1;
      const audit = createAudit(compiled, { seed, lateDrop: false });
      const totals = simulate(compiled, chaos, { salt, lateDrop: false }, { seed, observer: audit.observer });
      expect(audit.finish(totals)).toEqual([]);
    },
  );
  fc.assert(property, propertyRuns(200));
});
