/** What the audit notices of reads and queues: one changed event a rule. */
import { describe, expect, test } from "vitest";
import { listenTo, type RunEvent } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { DropReason, RunTotals } from "../../src/core/records.ts";
import type { Queue } from "../../src/core/scenario.ts";
import { simulate } from "../../src/core/simulate.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { greedy, planned } from "../core/planned.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";

interface Course {
  readonly world: SmallWorld;
  readonly events: readonly RunEvent[];
  readonly totals: RunTotals;
}

function recorded(world: SmallWorld, policy = greedy): Course {
  const { scenario, system, costTable } = smallScenario(world);
  const events: RunEvent[] = [];
  const observer = listenTo((event) => events.push(event));
  return { world, events, totals: simulate(compile(scenario, system, costTable), policy, {}, { seed: 1, observer }) };
}

function findingsOf({ world, events, totals }: Course): readonly string[] {
  const { scenario, system, costTable } = smallScenario(world);
  const audit = createAudit(compile(scenario, system, costTable), { seed: 1, lateDrop: false });
  const handlers = audit.observer as Readonly<Record<string, ((event: RunEvent) => void) | undefined>>;
  for (const event of events) handlers[event.kind]?.(event);
  return audit.finish(totals);
}

/** With the first event of a kind, of a job of a task, changed. */
function changed(course: Course, kind: RunEvent["kind"], task: number, job: number, change: object): Course {
  const at = course.events.findIndex((each) => each.kind === kind && each.taskIndex === task && each.jobIndex === job);
  return {
    ...course,
    events: course.events.map((each, i) => (i === at ? ({ ...each, ...change } as RunEvent) : each)),
  };
}

describe("reads", () => {
  const course = recorded({
    tasks: [
      { id: "s", layersNs: [10], atNs: [0, 20, 40] },
      { id: "r", layersNs: [5], atNs: [12, 33], reads: [0] },
    ],
    accelerators: 2,
  });
  const output = (jobIndex: number) => ({ jobIndex, frameReleaseNs: 0, sourceReleaseNs: 0, completionNs: 0 });
  const reads = (jobIndex: number) => ({ reads: [{ taskIndex: 0, output: output(jobIndex) }] });

  test("an honest log has no findings", () => expect(findingsOf(course)).toEqual([]));
  test("another output than the newest is told, at the start and in the record", () => {
    const what = 'job 1 of task "r" has read job 0, not job 1';
    expect(findingsOf(changed(course, "inputsRead", 1, 1, reads(0)))).toEqual([what]);
    expect(findingsOf(changed(course, "jobCompleted", 1, 1, reads(0)))).toEqual([what]);
  });
  test("an output that had not finished is told", () => {
    expect(findingsOf(changed(course, "inputsRead", 1, 0, reads(1)))).toEqual([
      'job 0 of task "r" has read job 1, not job 0',
    ]);
  });
  test("no output, where there was one, is told", () => {
    expect(findingsOf(changed(course, "inputsRead", 1, 0, { reads: [{ taskIndex: 0 }] }))).toEqual([
      'job 0 of task "r" has read -, not job 0',
    ]);
  });
  test("another source frame is told", () => {
    expect(findingsOf(changed(course, "jobCompleted", 1, 1, { sourceReleaseNs: 33 }))).toEqual([
      'job 1 of task "r" has a source of 33 ns, not 20',
    ]);
  });
  test("a killed job that kept what it had read is told", () => {
    const { world } = course;
    const steps = [
      { atNs: 0, run: "s#0", on: 0 },
      { atNs: 12, run: "r#0", on: 1 },
      { atNs: 14, kill: "r#0" } as const,
      { atNs: 20, run: "s#1", on: 0 },
      { atNs: 31, run: "r#0", on: 1 },
      { atNs: 40, run: "s#2", on: 0 },
      { atNs: 51, run: "r#1", on: 1 },
    ];
    const killed = recorded(world, planned(steps));
    expect(findingsOf(killed)).toEqual([]);
    expect(findingsOf(changed(killed, "jobCompleted", 1, 0, reads(0)))).toEqual([
      'job 0 of task "r" has read job 0, not job 1',
    ]);
  });
});

describe("queues", () => {
  const busy = (queue: Queue | undefined) =>
    recorded({ tasks: [{ id: "q", layersNs: [100], atNs: [0, 10, 20, 30], ...(queue !== undefined && { queue }) }] });
  const course = (overflow: Queue["overflow"]) => busy({ limit: 1, overflow });
  /** The same events, said to be of another queue. */
  const asOf = (from: Course, queue: Queue): Course => ({ ...from, world: busy(queue).world });
  const because = (dropReason: DropReason) => ({ dropReason });

  test.each(["drop-oldest", "drop-newest", "refuse"] as const)("an honest log has no findings (%s)", (overflow) => {
    expect(findingsOf(course(overflow))).toEqual([]);
  });
  test("a job that waits although there is no room is told", () => {
    const full = 'job 2 of task "q" came to wait in a full queue at 20 ns';
    expect(findingsOf(asOf(busy(undefined), { limit: 1, overflow: "refuse" }))[0]).toBe(full);
    expect(findingsOf(asOf(busy(undefined), { limit: 1, overflow: "drop-newest" }))[0]).toBe(full);
  });
  test("a job that is dropped or refused although there is room is told", () => {
    expect(findingsOf(asOf(course("refuse"), { limit: 2, overflow: "refuse" }))[0]).toBe(
      'job 2 of task "q" was refused by a queue with room at 20 ns',
    );
    expect(findingsOf(asOf(course("drop-newest"), { limit: 2, overflow: "drop-newest" }))[0]).toBe(
      'job 2 of task "q" was dropped by a queue with room at 20 ns',
    );
    expect(findingsOf(asOf(course("drop-oldest"), { limit: 2, overflow: "drop-oldest" }))[0]).toBe(
      'job 1 of task "q" was dropped by a queue, but was not the oldest of a full one at 20 ns',
    );
  });
  test("a drop of another overflow's kind is told", () => {
    expect(findingsOf(asOf(course("refuse"), { limit: 1, overflow: "drop-oldest" }))).toContain(
      'job 2 of task "q" was refused by a queue with room at 20 ns',
    );
    expect(findingsOf(asOf(course("drop-newest"), { limit: 1, overflow: "drop-oldest" }))[0]).toBe(
      'job 2 of task "q" came to wait in a full queue at 20 ns',
    );
  });
  test("a drop for a queue that the task does not have is told", () => {
    const plain = recorded({ tasks: [{ id: "q", layersNs: [5], atNs: [0] }] }, planned([{ atNs: 0, drop: "q#0" }]));
    expect(findingsOf(plain)).toEqual([]);
    expect(findingsOf(changed(plain, "jobDropped", 0, 0, because("queue")))).toEqual([
      'job 0 of task "q" was dropped by a queue that its task does not have',
    ]);
  });
});
