/** What a policy throws, and a policy without progress, end the run with a message of its own. */
import { describe, expect, test } from "vitest";
import { compile } from "../../src/core/program.ts";
import type { Policy } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { run, type SmallWorld, smallScenario } from "../worlds.ts";
import { firstComeFirst, greedy, scheduler } from "./planned.ts";
import { errorOf } from "./stopped-runs.ts";

describe("a policy without progress", () => {
  test("that decides nothing is stopped with the jobs it left waiting", () => {
    const seven: SmallWorld = { tasks: [{ id: "a", layersNs: [10], atNs: [0, 1, 2, 3, 4, 5, 6] }] };
    const names = [0, 1, 2, 3, 4].map((k) => `job ${k} of task "a"`).join(", ");
    expect(errorOf(seven, {}).message).toBe(
      `policy "scripted" at 0.000006 ms: makes no progress: waiting: ${names}, and 2 more`,
    );
  });
  test("but that waits for something, and then goes on, is fine", () => {
    const waits: Policy["decide"] = (view, decisions) => {
      if (view.nowNs < 50) decisions.wakeAt(50);
      else firstComeFirst(view, decisions);
    };
    expect(run({ tasks: [{ id: "a", layersNs: [10] }] }, scheduler({ decide: waits })).ends).toEqual([
      [60, "a#0", "done"],
    ]);
  });
  test("that goes in circles within one instant is stopped", () => {
    const tasks = [{ id: "a", layersNs: [10], lighterNs: [[5]] }];
    const world: SmallWorld = { tasks, limits: { callsAnInstant: 10 } };
    const circles: Policy["decide"] = (view, decisions) =>
      decisions.chooseVariant(view.readyJobs.first, 1 - view.readyJobs.first.variantIndex);
    expect(errorOf(world, { decide: circles }).message).toBe(
      'policy "scripted" at 0 ms: goes in circles: waiting: job 0 of task "a"',
    );
  });
  test("that only keeps asking to be woken is stopped", () => {
    const sleepy: Policy["decide"] = (view, decisions) => decisions.wakeAt(view.nowNs + 1);
    const world: SmallWorld = { tasks: [{ id: "a", layersNs: [10] }], limits: { idleWakes: 10 } };
    expect(errorOf(world, { decide: sleepy }).message).toContain(
      'at 0.000011 ms: keeps waking up without progress: waiting: job 0 of task "a"',
    );
  });
  test("is stopped by a limit of events where nothing else does", () => {
    const killer: Partial<Policy> = {
      decide: firstComeFirst,
      preempt(view, decisions) {
        if (view.nowNs % 10 === 9) decisions.preempt(view.runningJobs[0]!, "kill");
        decisions.wakeAt(view.nowNs + 9);
      },
    };
    const forever: SmallWorld = { tasks: [{ id: "a", layersNs: [20] }], limits: { events: 1000 } };
    const wakes: Policy["decide"] = (view, decisions) => {
      firstComeFirst(view, decisions);
      decisions.wakeAt(view.nowNs + 9);
    };
    const always: Partial<Policy> = {
      ...killer,
      decide: wakes,
      preempt: (v, d) => d.preempt(v.runningJobs[0]!, "kill"),
    };
    expect(errorOf(forever, always).message).toMatch(/^policy "scripted" at .* ms: did not end within 1000 events$/);
  });
});

describe("what a policy throws is told as its own fault, with the call, the job and the cause:", () => {
  const oops = new TypeError("oops");
  const throws = (): never => {
    throw oops;
  };
  const chain: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10] },
      { id: "b", layersNs: [10], release: { kind: "after", taskIndexes: [0], probability: 1 } },
    ],
  };
  const runAndWake: Policy["decide"] = (view, decisions) => {
    firstComeFirst(view, decisions);
    decisions.wakeAt(5);
  };
  const dropFirst: Policy["decide"] = (view, decisions) => decisions.drop(view.readyJobs.first);
  const cases: readonly (readonly [string, Partial<Policy>, string])[] = [
    ["decide", { decide: throws }, "at 0 ms: decide threw"],
    ["preempt", { decide: runAndWake, preempt: throws }, "at 0.000005 ms: preempt threw"],
    ["rank", { rank: throws }, 'at 0 ms: rank for job 0 of task "a" threw'],
    ["jobReleased", { jobReleased: throws }, 'at 0 ms: jobReleased for job 0 of task "a" threw'],
    ["jobEnded", { decide: firstComeFirst, jobEnded: throws }, 'at 0.00001 ms: jobEnded for job 0 of task "a" threw'],
    [
      "orphanDropped",
      { decide: dropFirst, orphanDropped: throws },
      'at 0 ms: orphanDropped for job 0 of task "b" threw',
    ],
    [
      "a getter of the view that is asked wrongly",
      { decide: (view) => void view.readyJobs.first.latencyNs(undefined as never) },
      "at 0 ms: decide threw",
    ],
  ];
  test.each(cases)("%s", (_, policy, message) => {
    const error = errorOf(chain, policy);
    expect(error.message).toMatch(`policy "scripted" ${message} TypeError: `);
    expect(error.cause).toBeInstanceOf(TypeError);
  });
  test("create", () => {
    const error = thrown(() => run(chain, { ...scheduler({}), create: throws }));
    expect(error).toMatchObject({
      name: "SchedulerError",
      message: 'policy "scripted" at 0 ms: create threw TypeError: oops',
      cause: oops,
    });
  });
  test("what is no Error, and more than a line", () => {
    const message = (value: unknown) =>
      errorOf(chain, {
        decide() {
          throw value;
        },
      }).message;
    expect(message("first\nsecond")).toBe('policy "scripted" at 0 ms: decide threw first');
    expect(message("x".repeat(300))).toBe(`policy "scripted" at 0 ms: decide threw ${"x".repeat(199)}…`);
  });
  test("but not what an observer throws, nor the core itself", () => {
    const { scenario, system, costTable } = smallScenario(chain);
    const observer = { jobCompleted: throws };
    const simulated = () => simulate(compile(scenario, system, costTable), greedy, {}, { seed: 1, observer });
    expect(thrown(simulated)).toBe(oops);
  });
});

function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("it should have thrown");
}

test("a policy that kills whatever it has started is stopped, though layers keep ending", () => {
  const restless = scheduler(() => ({
    lateDrop: false,
    preempt: (view, decisions) => {
      for (const job of view.runningJobs) decisions.preempt(job, "kill");
    },
    decide: (view, decisions) => decisions.run(view.readyJobs.first, view.idleAccelerators[0]),
  }));
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [5, 5] }], limits: { stopsWithoutEnd: 20 } };
  expect(() => run(world, restless)).toThrow("makes no progress: no job ended while it stopped 20");
});
