/** What holds in every run, whatever the scenario and whatever the policy decides. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/core/program.ts";
import type { JobRecord } from "../../src/core/records.ts";
import type { Scheduler } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { cheapSchedulers } from "../cheap-schedulers.ts";
import { propertyRuns } from "../property-runs.ts";
import { everyNs } from "../releases.ts";
import { run, type SmallWorld, smallScenario } from "../worlds.ts";
import { chaos } from "./chaos.ts";
import { withSpreads } from "./random-spreads.ts";
import {
  randomClosedWorld,
  randomDynamicWorld,
  randomPipelines,
  randomScaledWorld,
  randomWorld,
  withPipelines,
} from "./random-worlds.ts";

function auditOf(world: SmallWorld, scheduler: Scheduler, given: Readonly<Record<string, number | boolean>> = {}) {
  const { scenario, system, costTable } = smallScenario(world);
  const program = compile(scenario, system, costTable);
  const { values } = resolveParameters(scheduler, given);
  const audit = createAudit(program, { seed: world.seed ?? 1, lateDrop: values.lateDrop === true });
  return audit.finish(simulate(program, scheduler, values, { seed: world.seed ?? 1, observer: audit.observer }));
}

test("the audit finds nothing wrong in a run of random legal decisions", () => {
  const property = fc.property(randomWorld, fc.integer(), fc.boolean(), (world, salt, lateDrop) => {
    expect(auditOf(world, chaos, { salt, lateDrop })).toEqual([]);
  });
  fc.assert(property, propertyRuns(400));
});

test("the audit finds nothing wrong where clients wait for their jobs", () => {
  const property = fc.property(randomClosedWorld, fc.integer(), fc.boolean(), (world, salt, lateDrop) => {
    expect(auditOf(world, chaos, { salt, lateDrop })).toEqual([]);
  });
  fc.assert(property, propertyRuns(400));
});

test("the audit finds nothing wrong where rows of a trace scale the work of their jobs", () => {
  const property = fc.property(randomScaledWorld, fc.integer(), fc.boolean(), (world, salt, lateDrop) => {
    expect(auditOf(world, chaos, { salt, lateDrop })).toEqual([]);
  });
  fc.assert(property, propertyRuns(400));
});

test("the audit finds nothing wrong where rows of a trace scale jobs whose times vary and whose estimates are wrong", () => {
  const error = fc.constantFrom(undefined, 0.3);
  const property = fc.property(withSpreads(randomScaledWorld), fc.integer(), error, (world, salt, estimateError) => {
    const system = { ...world.system, ...(estimateError !== undefined && { estimateError }) };
    expect(auditOf({ ...world, system }, chaos, { salt })).toEqual([]);
  });
  fc.assert(property, propertyRuns(400));
});

test("the audit finds nothing wrong where queues refuse or drop the jobs of clients, and tasks read them", () => {
  const property = fc.property(
    withPipelines(randomClosedWorld),
    fc.integer(),
    fc.boolean(),
    (world, salt, lateDrop) => {
      expect(auditOf(world, chaos, { salt, lateDrop })).toEqual([]);
    },
  );
  fc.assert(property, propertyRuns(400));
});

test("the audit finds nothing wrong where jobs skip, exit, vary in length and change variants, and phases pass", () => {
  const property = fc.property(randomDynamicWorld, fc.integer(), fc.boolean(), (world, salt, lateDrop) => {
    expect(auditOf(world, chaos, { salt, lateDrop })).toEqual([]);
  });
  fc.assert(property, propertyRuns(400));
});

test("the audit finds nothing wrong where tasks read each other and have queues", () => {
  const property = fc.property(randomPipelines, fc.integer(), fc.boolean(), (world, salt, lateDrop) => {
    expect(auditOf(world, chaos, { salt, lateDrop })).toEqual([]);
  });
  fc.assert(property, propertyRuns(400));
});

describe.each(cheapSchedulers.map((scheduler) => ({ name: scheduler.name, scheduler })))("$name", ({ scheduler }) => {
  test("keeps every rule that the audit knows, in random worlds", () => {
    const property = fc.property(randomWorld, fc.boolean(), (world, lateDrop) => {
      expect(auditOf(world, scheduler, { lateDrop })).toEqual([]);
    });
    fc.assert(property, propertyRuns(100));
  });

  test("keeps every rule that the audit knows, where clients wait for their jobs", () => {
    const property = fc.property(randomClosedWorld, fc.boolean(), (world, lateDrop) => {
      expect(auditOf(world, scheduler, { lateDrop })).toEqual([]);
    });
    fc.assert(property, propertyRuns(50));
  });

  test("keeps every rule that the audit knows, where jobs differ in work", () => {
    const property = fc.property(randomScaledWorld, fc.boolean(), (world, lateDrop) => {
      expect(auditOf(world, scheduler, { lateDrop })).toEqual([]);
    });
    fc.assert(property, propertyRuns(50));
  });

  test("keeps every rule that the audit knows, in random worlds with dynamics", () => {
    const property = fc.property(randomDynamicWorld, (world) => {
      expect(auditOf(world, scheduler)).toEqual([]);
    });
    fc.assert(property, propertyRuns(50));
  });

  test("keeps every rule that the audit knows, where tasks read each other and have queues", () => {
    const property = fc.property(randomPipelines, fc.boolean(), (world, lateDrop) => {
      expect(auditOf(world, scheduler, { lateDrop })).toEqual([]);
    });
    fc.assert(property, propertyRuns(100));
  });
});

test("every scheduler meets the same releases of root tasks, and the same triggers", () => {
  const property = fc.property(randomWorld, (world) => {
    const released = cheapSchedulers.map((scheduler) => run(world, scheduler).jobs.map(idOf).sort());
    for (const ids of released) expect(ids).toEqual(released[0]);
  });
  fc.assert(property, propertyRuns(50));
});

const idOf = (job: JobRecord): string => `${job.taskIndex}/${job.jobIndex}/${job.frameReleaseNs}`;

test("memory for live jobs does not grow with the length of a run", () => {
  const scenario = { tasks: [{ id: "a", layersNs: [3], release: everyNs(10), deadlineNs: 10 }] };
  const slots = new Set<number>();
  const spy: Scheduler = {
    ...chaos,
    create: () => ({
      lateDrop: true,
      jobReleased: (job) => void slots.add(job.slot),
      decide: (view, decisions) => decisions.run(view.readyJobs.first, view.idleAccelerators[0]),
    }),
  };
  const { jobs } = run({ ...scenario, durationNs: 10_000 }, spy);
  expect(jobs.length).toBe(1000);
  expect(slots.size).toBe(1);
});
