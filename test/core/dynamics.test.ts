/** Skips, exits, lengths, variants and phases: what runs, what estimates say, and what a job is told as. */
import { describe, expect, test } from "vitest";
import type { Policy, ReadyJob, Scheduler } from "../../src/core/scheduler.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { run, type SmallTask, type SmallWorld } from "../worlds.ts";
import { scheduler } from "./planned.ts";

const task = (more: Partial<SmallTask>): SmallTask => ({ id: "a", layersNs: [10, 20, 40, 80], ...more });
const layersRun = (world: SmallWorld, policy: Scheduler = fcfs) =>
  run(world, policy, { granularity: "layer" }).segments.map(({ layerIndex }) => layerIndex);

describe("a skip gate", () => {
  const gate = (probability: number) => ({ firstLayer: 1, endLayer: 3, probability });
  test("that is always closed leaves its layers out, and costs nothing", () => {
    const { starts, ends } = run({ tasks: [task({ skips: [gate(1)] })] }, fcfs);
    expect(starts.map(([startNs]) => startNs)).toEqual([0, 10]);
    expect(ends).toEqual([[90, "a#0", "done"]]);
  });
  test("that is never closed changes nothing", () => {
    expect(layersRun({ tasks: [task({ skips: [gate(0)] })] })).toEqual([0, 1, 2, 3]);
  });
  test("around another is decided first", () => {
    const inner = { firstLayer: 1, endLayer: 2, probability: 1 };
    expect(layersRun({ tasks: [task({ skips: [inner, gate(1)] })] })).toEqual([0, 3]);
    expect(layersRun({ tasks: [task({ skips: [inner, gate(0)] })] })).toEqual([0, 2, 3]);
  });
  test("is closed for its share of jobs, the same ones for every scheduler", () => {
    const atNs = Array.from({ length: 2000 }, (_, i) => i * 200);
    const world = { tasks: [task({ skips: [gate(0.3)], atNs })], durationNs: 1e9 };
    const energies = run(world, fcfs).jobs.map(({ energyPj }) => energyPj);
    expect(new Set(energies)).toEqual(new Set([90, 150]));
    expect(energies.filter((pj) => pj === 90).length / 2000).toBeCloseTo(0.3, 1);
    const others = run(world, fcfs, { granularity: "layer", lateDrop: false }).jobs;
    expect(others.map(({ energyPj }) => energyPj)).toEqual(energies);
  });
});

describe("an early exit", () => {
  const exit = (afterLayer: number, probability: number) => ({ afterLayer, probability });
  test("that is always taken ends the job, which is told by which exit it left", () => {
    const { jobs } = run({ tasks: [task({ exits: [exit(0, 0), exit(1, 1)] })] }, fcfs);
    expect(jobs).toMatchObject([{ completionNs: 30, exitIndex: 1, isolatedNs: 30 }]);
  });
  test("after a skipped layer is not offered", () => {
    const skips = [{ firstLayer: 1, endLayer: 2, probability: 1 }];
    expect(layersRun({ tasks: [task({ skips, exits: [exit(1, 1)] })] })).toEqual([0, 2, 3]);
  });
  test("that is not taken leaves no trace", () => {
    const [job] = run({ tasks: [task({ exits: [exit(1, 0)] })] }, fcfs).jobs;
    expect(job).toMatchObject({ completionNs: 150 });
    expect(job).not.toHaveProperty("exitIndex");
  });
});

describe("a loop of varying length", () => {
  const loop = (...stepProbabilities: number[]) => ({ firstLayer: 1, layersPerStep: 1, stepProbabilities });
  test("runs as many steps as were drawn, then what follows", () => {
    expect(layersRun({ tasks: [task({ loops: [loop(1, 0)] })] })).toEqual([0, 1, 3]);
    expect(layersRun({ tasks: [task({ loops: [loop(0, 1)] })] })).toEqual([0, 1, 2, 3]);
  });
  test("takes each length for its share of jobs", () => {
    const atNs = Array.from({ length: 3000 }, (_, i) => i * 200);
    const world = { tasks: [task({ layersNs: [10, 10, 10, 10], loops: [loop(0.5, 0.3, 0.2)], atNs })] };
    const energies = run(world, fcfs).jobs.map(({ energyPj }) => energyPj);
    const share = (pj: number) => energies.filter((each) => each === pj).length / 3000;
    expect([share(20), share(30), share(40)].map((each) => each.toFixed(1))).toEqual(["0.5", "0.3", "0.2"]);
  });
});

describe("estimates", () => {
  /** What a policy is shown of the first job at its release. */
  function shown(more: Partial<SmallTask>, look: (job: ReadyJob) => unknown): unknown {
    let seen: unknown;
    const policy = (): Policy => ({
      lateDrop: false,
      decide(view, decisions) {
        seen ??= look(view.readyJobs.first);
        decisions.run(view.readyJobs.first, view.idleAccelerators[0]);
      },
    });
    run({ tasks: [task({ layersNs: [[10, 20], 20, [40, 30], 80], ...more })], accelerators: 2 }, scheduler(policy));
    return seen;
  }
  const sums = (job: ReadyJob) => [job.meanRemainingNs, job.minRemainingNs];
  test("are sums where nothing is dynamic", () => {
    expect(shown({}, sums)).toEqual([15 + 20 + 35 + 80, 10 + 20 + 30 + 80]);
  });
  test("weigh a gate's layers with the probability that they run", () => {
    const skips = [{ firstLayer: 1, endLayer: 3, probability: 0.25 }];
    expect(shown({ skips }, sums)).toEqual([15 + 0.75 * (20 + 35) + 80, 10 + 0.75 * 50 + 80]);
  });
  test("weigh what follows an exit with the probability that it is not taken", () => {
    expect(shown({ exits: [{ afterLayer: 1, probability: 0.5 }] }, sums)).toEqual([35 + 0.5 * 115, 30 + 0.5 * 110]);
  });
  test("weigh each step of a loop with the probability that it is reached", () => {
    const loops = [{ firstLayer: 1, layersPerStep: 1, stepProbabilities: [0.5, 0.25, 0.25] }];
    expect(shown({ loops }, sums)).toEqual([15 + 20 + 0.5 * 35 + 0.25 * 80, 10 + 20 + 0.5 * 30 + 0.25 * 80]);
  });
  test("do not show what a job will do before it gets there", () => {
    const exits = [{ afterLayer: 1, probability: 0.5 }];
    const atNs = Array.from({ length: 50 }, (_, i) => i * 1000);
    const seen = new Set<number>();
    const policy = (): Policy => ({
      lateDrop: false,
      decide(view, decisions) {
        const job = view.readyJobs.first;
        if (job.layerIndex === 0) seen.add(job.meanRemainingNs);
        decisions.run(job, view.idleAccelerators[0], { layers: 1 });
      },
    });
    const { jobs } = run({ tasks: [task({ exits, atNs })] }, scheduler(policy));
    expect(new Set(jobs.map(({ energyPj }) => energyPj))).toEqual(new Set([30, 150]));
    expect([...seen]).toEqual([30 + 0.5 * 120]);
  });
});

describe("a supernet", () => {
  const supernet = task({ layersNs: [10, 20, 40], lighterNs: [[1, 2, 4]], switchPoints: [[2, 1]] });
  /** Chooses variant 1 before the job's layer `before`, if it may. */
  const chooser = (before: number): Scheduler =>
    scheduler(() => ({
      lateDrop: false,
      decide(view, decisions) {
        const job = view.readyJobs.first;
        const isThen = job.variantIndex === 0 && job.layerIndex === before;
        if (isThen && (job.canChooseVariant || before === 1)) decisions.chooseVariant(job, 1);
        decisions.run(job, view.idleAccelerators[0], { layers: 1 });
      },
    }));
  test("runs the variant chosen before the start", () => {
    expect(run({ tasks: [supernet] }, chooser(0)).jobs).toMatchObject([{ completionNs: 7, variantIndex: 1 }]);
  });
  test("goes on with the other variant's layer at a switch point", () => {
    // 10 + 20 of the original, then the lighter one's layers 1 and 2.
    expect(run({ tasks: [supernet] }, chooser(2)).jobs).toMatchObject([{ completionNs: 36, variantIndex: 1 }]);
  });
  test("cannot change elsewhere", () => {
    expect(() => run({ tasks: [supernet] }, chooser(1))).toThrow("which has started and is at no switch point");
  });
});

describe("phases", () => {
  const periodic = { kind: "periodic", fps: 1e8, offsetNs: 0, jitterNs: 0 } as const;
  const short = task({ layersNs: [1], release: periodic, deadlineNs: 10, deadlineIsPeriod: true });
  const phase = (startNs: number, change: object) => ({
    name: `p${startNs}`,
    startNs,
    changes: [{ taskIndex: 0, ...change }],
  });
  const releases = (world: SmallWorld) => run(world, fcfs).jobs.map((job) => [job.releaseNs, job.deadlineNs]);
  test("change a rate from their start on, and the period that is its deadline", () => {
    const world = { tasks: [short], durationNs: 45, phases: [phase(15, { fps: 2e8 }), phase(32, { fps: 1e8 })] };
    expect(releases(world)).toEqual([
      [0, 10],
      [10, 20],
      [15, 20],
      [20, 25],
      [25, 30],
      [30, 35],
      [32, 42],
      [42, 52],
    ]);
  });
  test("switch a task off and on again, on its old grid, with its frames counted on", () => {
    const world = {
      tasks: [short],
      durationNs: 60,
      phases: [phase(15, { isEnabled: false }), phase(35, { isEnabled: true })],
    };
    expect(releases(world)).toEqual([
      [0, 10],
      [10, 20],
      [40, 50],
      [50, 60],
    ]);
    expect(run(world, fcfs).jobs.map(({ jobIndex }) => jobIndex)).toEqual([0, 1, 2, 3]);
  });
  test("leave out the rows of a trace that fall into times when its task is off", () => {
    const tasks = [task({ layersNs: [1], atNs: [0, 20, 40] })];
    const phases = [phase(10, { isEnabled: false }), phase(30, { isEnabled: true })];
    expect(run({ tasks, phases }, fcfs).jobs.map(({ releaseNs }) => releaseNs)).toEqual([0, 40]);
  });
  test("change how likely frames of their time trigger a task, whenever the parent completes", () => {
    const child = task({ id: "child", layersNs: [1], release: { kind: "after", taskIndexes: [0], probability: 1 } });
    const slow = { ...short, layersNs: [6] };
    const changes = [{ taskIndex: 1, probability: 0 }];
    const world = { tasks: [slow, child], durationNs: 40, phases: [{ name: "off", startNs: 13, changes }] };
    const ends = run(world, fcfs).ends.filter(([, job]) => job.startsWith("child"));
    expect(ends.map(([, job]) => job)).toEqual(["child#0", "child#1"]);
  });
});
