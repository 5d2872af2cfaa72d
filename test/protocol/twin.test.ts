/** A policy in Python sees what one in this process sees, and its decisions are the same: to the last job and event. */
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect } from "vitest";
import type { Observer } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { ParameterValues, Scheduler } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { Library } from "../../src/files/library.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import {
  randomClosedWorld,
  randomDynamicWorld,
  randomPipelines,
  randomScaledWorld,
  randomWorld,
} from "../core/random-worlds.ts";
import { expectSame } from "../expect-same.ts";
import { propertyRuns } from "../property-runs.ts";
import { repository } from "../repository.ts";
import { run, type SmallWorld, smallScenario } from "../worlds.ts";
import { pythonTest } from "./python.ts";
import { twin } from "./twin.ts";

let inPython: Scheduler;
beforeAll(async () => {
  ({ scheduler: inPython } = await new Library(join(repository, "test/protocol")).schedulerOf("exec:python3 twin.py"));
});

const parameters = fc.record({
  salt: fc.nat(100),
  stop: fc.constantFrom("drain", "kill", "checkpoint"),
  lateDrop: fc.boolean(),
});

/** What becomes of the jobs, or the error that stops the run. */
function fateOf(world: SmallWorld, scheduler: Scheduler, given: ParameterValues) {
  try {
    const { jobs, segments, totals } = run(world, scheduler, given);
    return { jobs, segments, totals };
  } catch (error) {
    return (error as Error).message;
  }
}

describe.each([
  ["random worlds", randomWorld],
  ["worlds with skips, exits, variants and phases", randomDynamicWorld],
  ["worlds whose jobs differ in work", randomScaledWorld],
  ["worlds whose clients wait", randomClosedWorld],
  ["worlds with queues", randomPipelines],
] as const)("in %s", (_, worlds) => {
  pythonTest("a policy decides the same in Python", () => {
    const property = fc.property(worlds, parameters, (world, given) => {
      expectSame(fateOf(world, inPython, given), fateOf(world, twin, given));
    });
    fc.assert(property, propertyRuns(40));
  });
});

pythonTest("two runs of one command that are mixed do not meet", () => {
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [3, 2], atNs: [0, 1, 4] }] };
  let inner: unknown;
  const mixed: Scheduler = {
    ...twin,
    create(platform, values) {
      const policy = inPython.create(platform, values);
      return Object.assign(Object.create(policy), {
        lateDrop: policy.lateDrop,
        decide(...given: Parameters<typeof policy.decide>) {
          inner ??= run(world, inPython).jobs;
          policy.decide(...given);
        },
        preempt: policy.preempt,
        jobReleased: policy.jobReleased!.bind(policy),
        jobEnded: policy.jobEnded!.bind(policy),
        orphanDropped: policy.orphanDropped!.bind(policy),
        runEnded: policy.runEnded!.bind(policy),
      });
    },
  };
  expect(run(world, mixed).jobs).toEqual(run(world, twin).jobs);
  expect(inner).toEqual(run(world, twin).jobs);
});

pythonTest("reasons reach whoever listens to them", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [3, 2] },
      { id: "b", layersNs: [4] },
    ],
  };
  const { scenario, system, costTable } = smallScenario(world);
  const reasonsOf = (scheduler: Scheduler): readonly unknown[] => {
    const reasons: unknown[] = [];
    const observer: Observer = { decisionExplained: (event) => reasons.push({ ...event }) };
    const { values } = resolveParameters(scheduler, {});
    simulate(compile(scenario, system, costTable), scheduler, values, { seed: 1, observer });
    return reasons;
  };
  expect(reasonsOf(inPython)).toHaveLength(3);
  expect(reasonsOf(inPython)).toEqual(reasonsOf(twin));
});
