/** Where two runs part, and whose fate differs. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listenToEnds, type Observer, together } from "../../src/core/events.ts";
import { compile, type Program } from "../../src/core/program.ts";
import type { JobRecord } from "../../src/core/records.ts";
import type { Scheduler } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import {
  AcceleratorCodes,
  DecisionChunk,
  DecisionDigest,
  type DecisionEvent,
  listenToDecisions,
} from "../../src/diff/decisions.ts";
import { FateComparison, FateLog, fateOf } from "../../src/diff/fates.ts";
import { firstDifferentChunk, partingIn } from "../../src/diff/parting.ts";
import type { ChangedJob, Parting } from "../../src/records/run-diff.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { anyScheduler } from "../cheap-schedulers.ts";
import { randomDynamicWorld, randomWorld } from "../core/random-worlds.ts";
import { propertyRuns } from "../property-runs.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";

const named = (name: string) => schedulers.find((each) => each.name === name)!;

function programOf(world: SmallWorld): Program {
  const { scenario, system, costTable } = smallScenario(world);
  return compile(scenario, system, costTable);
}

function listened(program: Program, scheduler: Scheduler, observer: Observer, seed = 1): void {
  simulate(program, scheduler, resolveParameters(scheduler, {}).values, { seed, observer });
}

/** As `rtmm diff` finds it, with chunks of so many decisions. */
function partingOf(world: SmallWorld, a: Scheduler, b: Scheduler, chunkSize: number): Parting | null {
  const program = programOf(world);
  const acceleratorCodes = new AcceleratorCodes().of(program.system.accelerators.map(({ id }) => id));
  const digests = [a, b].map((scheduler) => {
    const digest = new DecisionDigest(acceleratorCodes, chunkSize);
    listened(program, scheduler, digest.observer, world.seed);
    return digest.finish();
  });
  const chunk = firstDifferentChunk(digests[0]!, digests[1]!);
  if (chunk === undefined) return null;
  const [ofA, ofB] = [a, b].map((scheduler) => {
    const decisions = new DecisionChunk(chunk, chunkSize);
    listened(program, scheduler, decisions.observer, world.seed);
    return { program, acceleratorCodes, decisions };
  });
  return partingIn(ofA!, ofB!);
}

function decisionsOf(world: SmallWorld, scheduler: Scheduler): readonly string[] {
  const decisions: string[] = [];
  const told = ({ kind, timeNs, taskIndex, jobIndex, ...event }: DecisionEvent): string => {
    if (event === undefined) return "";
    const { acceleratorIndex, units, layerIndex, layers, variantIndex, how } = event as Record<string, unknown>;
    const details = kind === "jobDispatched" ? [acceleratorIndex, units, layerIndex, String(layers), variantIndex] : [];
    const others = kind === "jobPreempted" ? [acceleratorIndex, how] : kind === "variantChosen" ? [variantIndex] : [];
    return JSON.stringify([kind, timeNs, taskIndex, jobIndex, ...details, ...others]);
  };
  listened(
    programOf(world),
    scheduler,
    listenToDecisions((event) => decisions.push(told(event))),
    world.seed,
  );
  return decisions;
}

/** a and b are released together; b is shorter and due earlier. Then c. */
const three: SmallWorld = {
  tasks: [
    { id: "a", layersNs: [30], deadlineNs: 100 },
    { id: "b", layersNs: [10], deadlineNs: 20 },
    { id: "c", layersNs: [5], atNs: [50], deadlineNs: 90 },
  ],
};

describe("the parting of two runs", () => {
  test("is the first decision that differs, with both reasons", () => {
    expect(partingOf(three, named("fcfs"), named("edf"), 4096)).toMatchObject({
      after: 0,
      a: { atMs: 0, kind: "run", task: "a", job: 0, accelerator: "a0", layers: 1, why: { rule: "first come" } },
      b: { atMs: 0, kind: "run", task: "b", job: 0, layer: 0, layers: 1, why: { rule: "earliest deadline" } },
    });
  });

  test("is nothing where both decide the same", () => {
    expect(partingOf(three, named("np-hpf"), named("np-hpf"), 2)).toBeNull();
  });

  test("may be the end of one run's decisions", () => {
    // b is due at 20 and cannot start before 30: dropped, or run late. Then there is nothing left to decide.
    const world: SmallWorld = { tasks: three.tasks.slice(0, 2) };
    const patient: Scheduler = {
      ...named("fcfs"),
      create: (platform, given) => named("fcfs").create(platform, { ...given, lateDrop: false }),
    };
    expect(partingOf(world, named("fcfs"), patient, 1)).toMatchObject({
      after: 1,
      a: null,
      b: { atMs: 30e-6, kind: "run", task: "b" },
    });
  });

  test("really is the first one, in any world and with chunks of any size", () => {
    const worlds = fc.oneof(randomWorld, randomDynamicWorld);
    const sizes = fc.integer({ min: 1, max: 9 });
    const property = fc.property(worlds, anyScheduler(), anyScheduler(), sizes, (world, a, b, chunkSize) => {
      const [ofA, ofB] = [decisionsOf(world, a), decisionsOf(world, b)];
      const length = Math.max(ofA.length, ofB.length);
      let first = 0;
      while (first < length && ofA[first] === ofB[first]) first += 1;
      const found = partingOf(world, a, b, chunkSize);
      if (first === length) {
        expect(found).toBeNull();
        return;
      }
      expect(found!.after).toBe(first);
      const jobOf = (text: string | undefined) => {
        if (text === undefined) return null;
        const [, timeNs, taskIndex, jobIndex] = JSON.parse(text) as [string, number, number, number];
        return { atMs: timeNs / 1e6, task: world.tasks[taskIndex]!.id, job: jobIndex };
      };
      for (const [side, text] of [[found!.a, ofA[first]] as const, [found!.b, ofB[first]] as const]) {
        const expected = jobOf(text);
        if (expected === null) expect(side).toBeNull();
        else expect(side).toMatchObject(expected);
      }
    });
    fc.assert(property, propertyRuns(80));
  });
});

describe("jobs whose fate differs", () => {
  function changesOf(world: SmallWorld, a: Scheduler, b: Scheduler) {
    const program = programOf(world);
    const log = new FateLog(program);
    const comparison = new FateComparison(program, log);
    const jobs: JobRecord[][] = [[], []];
    const keep = (into: JobRecord[]) => listenToEnds((job) => into.push(job));
    listened(program, a, together([log.observer, keep(jobs[0]!)]), world.seed);
    listened(program, b, together([comparison.observer, keep(jobs[1]!)]), world.seed);
    return { ...comparison.finish(), runs: jobs };
  }

  test("are named with their ends in both runs", () => {
    // fcfs: a until 30, b until 40, dropped at 30, the first instant after its deadline. edf: b until 10, a until 40.
    const { jobs, changed } = changesOf(three, named("fcfs"), named("edf"));
    expect(jobs).toBe(3);
    expect(changed).toEqual([
      {
        task: "b",
        job: 0,
        a: { outcome: "dropped", endMs: 30e-6, latenessMs: 10e-6 },
        b: { outcome: "met", endMs: 10e-6, latenessMs: -10e-6 },
      },
    ]);
  });

  test("are exactly those of the job records, in any world", () => {
    const property = fc.property(
      fc.oneof(randomWorld, randomDynamicWorld),
      anyScheduler(),
      anyScheduler(),
      (world, a, b) => {
        const { jobs, changed, runs } = changesOf(world, a, b);
        const byName = runs.map(
          (run) => new Map(run.map((job) => [`${world.tasks[job.taskIndex]!.id}#${job.jobIndex}`, fateOf(job)])),
        );
        const names = new Set([...byName[0]!.keys(), ...byName[1]!.keys()]);
        expect(jobs).toBe(names.size);
        const differ = [...names].filter((name) => byName[0]!.get(name)?.outcome !== byName[1]!.get(name)?.outcome);
        const nameOf = ({ task, job }: ChangedJob) => `${task}#${job}`;
        expect(changed.map(nameOf).sort()).toEqual(differ.sort());
        for (const each of changed) {
          expect(each.a).toEqual(byName[0]!.get(nameOf(each)) ?? null);
          expect(each.b).toEqual(byName[1]!.get(nameOf(each)) ?? null);
        }
      },
    );
    fc.assert(property, propertyRuns(60));
  });
});

test("accelerators are told apart by their ids, not by their place", () => {
  const codes = new AcceleratorCodes();
  expect(codes.of(["ws", "os"])).toEqual([0, 1]);
  expect(codes.of(["os", "npu", "ws"])).toEqual([1, 2, 0]);
});
