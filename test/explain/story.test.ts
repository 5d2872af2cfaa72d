/** Stories of jobs in worlds that can be scheduled by hand. 1 ns is 0.000001 ms. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Scheduler } from "../../src/core/scheduler.ts";
import type { Judgement, Step } from "../../src/records/explanation.ts";
import { dreamMapscore } from "../../src/schedulers/dream/dream-mapscore.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { anyScheduler } from "../cheap-schedulers.ts";
import { randomDynamicWorld, randomWorld } from "../core/random-worlds.ts";
import { propertyRuns } from "../property-runs.ts";
import { threeJobs } from "../schedulers/dream/three-jobs.ts";
import type { SmallWorld } from "../worlds.ts";
import { told } from "./told.ts";

const named = (name: string) => schedulers.find((each) => each.name === name)!;
const ns = (ms: number): number => Math.round(ms * 1e6);

/** [kind, from and to in ns]. */
function outline(step: Step): readonly [string, number, number] {
  return "atMs" in step ? [step.kind, ns(step.atMs), ns(step.atMs)] : [step.kind, ns(step.fromMs), ns(step.toMs)];
}

const sixDigits = (value: number): number => Number(value.toPrecision(6));

/** [job, accelerator, score, terms]. */
const judged = ({ candidates }: Judgement) =>
  candidates.map(({ task, accelerator, score, terms }) => [
    task,
    accelerator,
    sixDigits(score!),
    Object.values(terms!).map(sixDigits),
  ]);

/** The scores are those worked out in the tests of MapScore. */
describe("a DREAM decision", () => {
  test("that passes a job over tells its terms and its rivals'", () => {
    const { story } = told(threeJobs, dreamMapscore, { taskIndex: 2, jobIndex: 0 });
    expect(story!.steps.map(outline)).toEqual([
      ["released", 5, 5],
      ["passedOver", 10, 10],
      ["ran", 10, 50],
      ["completed", 50, 50],
    ]);
    const passed = story!.steps[1]! as Extract<Step, { kind: "passedOver" }>;
    expect(passed).toMatchObject({ decisions: 1, asCandidate: 1, picked: [{ task: "y", job: 0, times: 1 }] });
    expect(passed.first.rule).toBe("highest MapScore at alpha 1, beta 1");
    // Urgency, latency preference, starvation, energy preference less the cost of a switch.
    // y: 30 / 50 x 2 + 2. x: 35 / 190 x 2 + 2, on a1 less 20 pJ / 20 pJ. y on a0 less 30 / 30. z: 40 / 95 x 2 + 5 / 40 + 2.
    expect(judged(passed.first)).toEqual([
      ["y", "a1", 3.2, [0.6, 2, 0, 2]],
      ["x", "a0", 2.36842, [0.184211, 2, 0, 2]],
      ["x", "a1", 1.36842, [0.184211, 2, 0, 1]],
      ["y", "a0", 2.2, [0.6, 2, 0, 1]],
      ["z", "a0", 2.96711, [0.421053, 2, 0.125, 2]],
      ["z", "a1", 2.96711, [0.421053, 2, 0.125, 2]],
    ]);
    // It waited 5 ns while both accelerators ran: y until 10 on a1, x until 10 on a0.
    expect(story!.time).toMatchObject({ allBusyMs: 5e-6, someFreeMs: 0, computingMs: 40e-6 });
    expect(story!.blockers).toEqual([
      { task: "x", accelerator: "a0", ms: 5e-6 },
      { task: "y", accelerator: "a1", ms: 5e-6 },
    ]);
  });

  test("that moves a job tells what the move took", () => {
    const { story } = told(threeJobs, dreamMapscore, { taskIndex: 0, jobIndex: 0 });
    const ran = story!.steps.filter((step) => step.kind === "ran");
    // 10 ns on a0; then on a1, where 10 bytes are written and read again: 20 ns.
    expect(ran.map(({ accelerator, switchInMs }) => [accelerator, ns(switchInMs)])).toEqual([
      ["a0", 0],
      ["a1", 20],
    ]);
    expect(ran[1]).toMatchObject({ dispatches: 2, firstLayer: 1, lastLayer: 2, end: "completed" });
  });
});

describe("a story", () => {
  test("groups decisions in a row, and tells each one on request", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [10, 10, 10], deadlineNs: 40 },
        { id: "b", layersNs: [5], deadlineNs: 90 },
      ],
    };
    const b = { taskIndex: 1, jobIndex: 0 };
    expect(told(world, named("edf"), b).story!.steps).toMatchObject([
      { kind: "released" },
      {
        kind: "passedOver",
        decisions: 3,
        picked: [{ task: "a", job: 0, times: 3 }],
        first: { atMs: 0 },
        last: { atMs: 20e-6 },
      },
      { kind: "ran", fromMs: 30e-6, toMs: 35e-6 },
      { kind: "completed" },
    ]);
    const all = told(world, named("edf"), b, {}, "every decision").story!.steps;
    expect(all.map(({ kind }) => kind)).toEqual([
      "released",
      "passedOver",
      "passedOver",
      "passedOver",
      "ran",
      "completed",
    ]);
  });

  test("begins with the parents that the job waited for", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [10] },
        { id: "b", layersNs: [25] },
        { id: "c", layersNs: [5], deadlineNs: 50, release: { kind: "after", taskIndexes: [0, 1], probability: 1 } },
      ],
    };
    const { story } = told(world, named("fcfs"), { taskIndex: 2, jobIndex: 0 });
    expect(story!.steps[0]).toEqual({
      kind: "released",
      atMs: 35e-6,
      parents: [
        { task: "a", job: 0, releaseMs: 0, completionMs: 10e-6 },
        { task: "b", job: 0, releaseMs: 0, completionMs: 35e-6 },
      ],
    });
    expect(story!.time).toMatchObject({ beforeReleaseMs: 35e-6, computingMs: 5e-6 });
  });

  test("counts the work before a kill as lost", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "long", layersNs: [40], priority: 1 },
        { id: "urgent", layersNs: [10], atNs: [15], priority: 9 },
      ],
    };
    const { story } = told(world, named("hpf"), { taskIndex: 0, jobIndex: 0 }, { mechanism: "kill" });
    expect(story!.steps).toMatchObject([
      { kind: "released" },
      { kind: "ran", fromMs: 0, toMs: 15e-6, end: "kill" },
      { kind: "preempted", how: "kill", why: { rule: "highest priority" } },
      { kind: "passedOver", picked: [{ task: "urgent" }] },
      { kind: "ran", fromMs: 25e-6, toMs: 65e-6, end: "completed" },
      { kind: "completed" },
    ]);
    expect(story!.time).toMatchObject({ lostMs: 15e-6, allBusyMs: 10e-6, computingMs: 40e-6 });
  });

  test("tells why a job was dropped before it started", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [30], deadlineNs: 31 },
        { id: "b", layersNs: [5], deadlineNs: 20 },
      ],
    };
    const { story } = told(world, named("fcfs"), { taskIndex: 1, jobIndex: 0 });
    expect(story!.steps.at(-1)).toMatchObject({ kind: "dropped", reason: "late" });
    expect(story!.time).toMatchObject({ allBusyMs: story!.record.dropNs! / 1e6, computingMs: 0 });
  });

  test("names the parent that a job was dropped with", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [30] },
        { id: "b", layersNs: [5], deadlineNs: 20 },
        { id: "c", layersNs: [5], release: { kind: "after", taskIndexes: [1], probability: 1 } },
      ],
    };
    const { story } = told(world, named("fcfs"), { taskIndex: 2, jobIndex: 0 });
    expect(story!.steps).toEqual([{ kind: "dropped", atMs: 30e-6, reason: "parent", parent: { task: "b", job: 0 } }]);
  });

  test("counts who was picked by a policy that gives no reasons", () => {
    const silent: Scheduler = {
      ...{ name: "silent", summary: "the last job", source: "this test", parameters: [] },
      create: () => ({
        lateDrop: false,
        decide: (view, decisions) => decisions.run([...view.readyJobs].at(-1)!, view.idleAccelerators[0]),
      }),
    };
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [5] },
        { id: "b", layersNs: [10] },
        { id: "c", layersNs: [20] },
      ],
    };
    expect(told(world, silent, { taskIndex: 0, jobIndex: 0 }).story!.steps).toMatchObject([
      { kind: "released" },
      { kind: "passedOver", fromMs: 0, toMs: 20e-6, decisions: 2, asCandidate: 0, first: { rule: "no reason given" } },
      { kind: "ran", fromMs: 30e-6 },
      { kind: "completed" },
    ]);
  });

  test("is undefined of a job that the run does not have", () => {
    expect(
      told({ tasks: [{ id: "a", layersNs: [5] }] }, named("edf"), { taskIndex: 0, jobIndex: 7 }).story,
    ).toBeUndefined();
  });
});

describe("in any world, whatever the policy,", () => {
  const cases = fc.tuple(fc.oneof(randomWorld, randomDynamicWorld), anyScheduler(), fc.nat());

  test("the times of a story are those of the job's record", () => {
    const property = fc.property(cases, ([world, scheduler, pick]) => {
      const { jobs } = told(world, scheduler, { taskIndex: 0, jobIndex: -1 });
      if (jobs.length === 0) return;
      const job = jobs[pick % jobs.length]!;
      const { story, program } = told(world, scheduler, job);
      const { steps, time, record } = story!;
      const endNs = job.completionNs ?? job.dropNs!;
      expect(record).toEqual(expect.objectContaining(job));

      const shares = Object.values(time).map(ns);
      expect(shares.every((share) => share >= 0)).toBe(true);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(endNs - job.frameReleaseNs);

      const times = steps.map(outline);
      for (const [i, [, fromNs]] of times.entries()) if (i > 0) expect(fromNs).toBeGreaterThanOrEqual(times[i - 1]![1]);
      expect(times.at(-1)).toEqual([job.completionNs === undefined ? "dropped" : "completed", endNs, endNs]);
      if (times[0]![0] === "released") expect(times[0]![1]).toBe(job.releaseNs);

      const ran = steps.filter((step) => step.kind === "ran");
      expect(new Set(ran.map(({ accelerator }) => accelerator))).toEqual(
        new Set(job.accelerators.map((index) => program.system.accelerators[index]!.id)),
      );
      const busyNs = ran.reduce((sum, { fromMs, toMs }) => sum + ns(toMs) - ns(fromMs), 0);
      const { beforeReleaseMs, allBusyMs, someFreeMs } = time;
      expect(busyNs).toBe(endNs - job.frameReleaseNs - ns(beforeReleaseMs) - ns(allBusyMs) - ns(someFreeMs));
      if (ran.length > 0 && job.preemptions.kill === 0) expect(ns(ran[0]!.fromMs)).toBe(job.startNs);
      // A checkpoint that is decided at the end of a layer may become a drain, or come too late to stop the job.
      const stopped = (how: string) => ran.filter(({ end }) => end === how).length;
      expect(job.preemptions).toEqual({
        checkpoint: stopped("checkpoint"),
        kill: stopped("kill"),
        drain: stopped("drain"),
      });
    });
    fc.assert(property, propertyRuns(100));
  });

  test("groups hold as many decisions as there are one by one", () => {
    const property = fc.property(cases, ([world, scheduler, pick]) => {
      const { jobs } = told(world, scheduler, { taskIndex: 0, jobIndex: -1 });
      if (jobs.length === 0) return;
      const job = jobs[pick % jobs.length]!;
      const decisions = (detail: "grouped" | "every decision") => {
        let [waiting, dispatches] = [0, 0];
        for (const step of told(world, scheduler, job, {}, detail).story!.steps) {
          if (step.kind === "passedOver" || step.kind === "heldBack") waiting += step.decisions;
          if (step.kind === "ran") dispatches += step.dispatches;
        }
        return { waiting, dispatches };
      };
      expect(decisions("grouped")).toEqual(decisions("every decision"));
    });
    fc.assert(property, propertyRuns(60));
  });
});
