/** What every scheduler, ours or not, has to keep. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type {
  Decisions,
  JobList,
  ParameterValues,
  Policy,
  ReadyJob,
  Scheduler,
  View,
} from "../../src/core/scheduler.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { randomWorld } from "../core/random-worlds.ts";
import { expectSame } from "../expect-same.ts";
import { peerForms } from "../peers/forms.ts";
import { propertyRuns } from "../property-runs.ts";
import { run, type SmallTask, type SmallWorld } from "../worlds.ts";

/**
 * These idle by design: tasks wait for the accelerator they are pinned to; jobs wait for units that others give up; layers
 * wait for a busy accelerator that will end them in time, or with less energy.
 */
const notWorkConserving = ["fcfs-static", "planaria", "planaria-released", "terastal", "horizon"];

/** Random worlds in which some accelerators cannot run some tasks at all. */
const unequalWorld = fc.tuple(randomWorld, fc.array(fc.nat(), { minLength: 15, maxLength: 15 })).map(unequal);

function unequal([world, picks]: [SmallWorld, number[]]): SmallWorld {
  const accelerators = world.units!.length;
  const limited = (task: SmallTask, t: number): SmallTask => {
    // One accelerator always can; each other one can not, a third of the time.
    const cannot = (a: number) => a !== picks[t]! % accelerators && picks[(t + 5 * a) % picks.length]! % 3 === 0;
    const layersNs = task.layersNs.map((layer) => (layer as number[]).map((ns, a) => (cannot(a) ? Infinity : ns)));
    return { ...task, layersNs };
  };
  return { ...world, tasks: world.tasks.map(limited) };
}

/** The scheduler, looked at whenever it decides nothing. */
function watched(scheduler: Scheduler, onIdle: (view: View) => void): Scheduler {
  const watch = (policy: Policy): Policy => ({
    ...policy,
    decide(view, decisions) {
      const list = decisions as Decisions & { readonly length: number };
      policy.decide(view, decisions);
      if (list.length === 0) onIdle(view);
    },
  });
  return { ...scheduler, create: (...given) => watch(scheduler.create(...given)) };
}

/** Parameters that keep a scheduler from dropping anything. */
const noDrops = ({ parameters }: Scheduler): ParameterValues => ({
  lateDrop: false,
  ...(parameters.some(({ name }) => name === "dropLimit") && { dropLimit: 0 }),
  ...(parameters.some(({ name }) => name === "backlog") && { backlog: 1000 }),
});

const jobsOf = (list: JobList<ReadyJob>) => [...list];

/** Ready jobs that an idle accelerator could run to their end. */
const wasted = (view: View) =>
  jobsOf(view.readyJobs).flatMap((job) =>
    view.idleAccelerators
      .filter((accelerator) => Number.isFinite(job.remainingNs(accelerator)))
      .map(({ id }) => `${job.task.id} on ${id} at ${view.nowNs}`),
  );

/** Accelerators that idled beside a ready job that they could have run. */
function idledIn(world: SmallWorld, scheduler: Scheduler): readonly string[] {
  const idled: string[] = [];
  run(
    world,
    watched(scheduler, (view) => idled.push(...wasted(view))),
  );
  return idled;
}

const all = [...schedulers, ...peerForms].map((scheduler) => ({ name: scheduler.name, scheduler }));
const granular = all.filter(({ scheduler }) => scheduler.parameters.some(({ name }) => name === "granularity"));

test("most schedulers have a granularity", () => expect(granular.length).toBeGreaterThan(10));

test.each(granular)(
  "$name takes layer, model or a number of layers as granularity, and throws for anything else",
  ({ scheduler }) => {
    const world: SmallWorld = { tasks: [{ id: "a", layersNs: [1, 2, 3] }] };
    for (const granularity of ["layer", "model", "2", 2]) {
      expect(run(world, scheduler, { granularity }).ends).toEqual([[6, "a#0", "done"]]);
    }
    for (const granularity of ["0", "-1", "1.5", "layers", "", "Infinity"]) {
      expect(() => run(world, scheduler, { granularity })).toThrow("create threw RangeError: granularity must be");
    }
  },
);

describe.each(all)("$name", ({ name, scheduler }) => {
  /** A plan of horizon is tens of rollouts. */
  const cases = name === "horizon" ? 15 : 100;

  test("says what it is in one line each: name, summary, source, parameters", () => {
    expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    for (const line of [scheduler.summary, scheduler.source, ...scheduler.parameters.map(({ summary }) => summary)]) {
      expect(line.length).toBeGreaterThan(10);
      expect(line).not.toContain("\n");
    }
    const names = scheduler.parameters.map((parameter) => parameter.name);
    expect(new Set(names).size).toBe(names.length);
    for (const parameter of names) expect(parameter).toMatch(/^[a-z][A-Za-z0-9]*$/);
  });

  test("has defaults that are good values, whether given or not", () => {
    const byDefault = Object.fromEntries(scheduler.parameters.map((parameter) => [parameter.name, parameter.default]));
    const asText = Object.fromEntries(Object.entries(byDefault).map(([key, value]) => [key, String(value)]));
    for (const given of [{}, byDefault, asText]) {
      expect(resolveParameters(scheduler, given)).toEqual({ values: byDefault, problems: [] });
    }
  });

  test("rejects parameters that it does not have, and values that it cannot take", () => {
    const unknown = resolveParameters(scheduler, { noSuch: 1 }).problems;
    expect(unknown).toMatchObject([{ code: "UNKNOWN_PARAMETER", parameter: "noSuch" }]);
    for (const { name: parameter } of scheduler.parameters) expect(unknown[0]!.message).toContain(parameter);
    for (const { name: parameter } of scheduler.parameters) {
      const { problems } = resolveParameters(scheduler, { [parameter]: ["no", "such"] });
      expect(problems).toMatchObject([{ code: "BAD_PARAMETER", parameter }]);
      expect(problems[0]!.message).toContain(`"${name}"`);
    }
  });

  if (notWorkConserving.includes(name)) {
    test("idles an accelerator that could run a ready job, in some world", () => {
      const worlds = fc.sample(unequalWorld, { numRuns: 100, seed: 1 });
      expect(worlds.some((world) => idledIn(world, scheduler).length > 0)).toBe(true);
    });
  } else {
    test("idles no accelerator that could run a ready job", () => {
      const property = fc.property(unequalWorld, (world) => {
        expect(idledIn(world, scheduler)).toEqual([]);
      });
      fc.assert(property, propertyRuns(cases));
    });
  }

  test("runs every task where some accelerators cannot run some tasks", () => {
    const property = fc.property(unequalWorld, (world) => {
      const { jobs } = run(world, scheduler, noDrops(scheduler));
      expect(jobs.every((job) => job.completionNs !== undefined)).toBe(true);
    });
    fc.assert(property, propertyRuns(cases));
  });

  test("leaves a job that no accelerator can run waiting, and is told so, while others run", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "never", layersNs: [[Infinity, Infinity]] },
        { id: "a", layersNs: [[10, 10]], atNs: [0, 5, 30] },
      ],
      accelerators: 2,
    };
    expect(() => run(world, scheduler)).toThrow(
      `policy "${name}" at 0.00004 ms: makes no progress: waiting: job 0 of task "never"`,
    );
  });

  test("drops late jobs unless told not to", () => {
    const world: SmallWorld = { tasks: [{ id: "a", layersNs: [10], atNs: [0, 1, 2], deadlineNs: 12 }] };
    const late = { ...noDrops(scheduler), lateDrop: true };
    expect(run(world, scheduler, late).ends.map(([, , how]) => how)).toEqual(["done", "done", "late"]);
    expect(run(world, scheduler, noDrops(scheduler)).ends.map(([, , how]) => how)).toEqual(["done", "done", "done"]);
  });

  test("keeps nothing from run to run, also where two runs of it are mixed", () => {
    const property = fc.property(randomWorld, (world) => {
      const alone = run(world, scheduler).jobs;
      let mixed: typeof alone = [];
      const policy = watchedOnce(scheduler, () => {
        mixed = run(world, scheduler).jobs;
      });
      expectSame(run(world, policy).jobs, alone);
      if (alone.some((job) => job.startNs !== undefined)) expectSame(mixed, alone);
    });
    fc.assert(property, propertyRuns(cases / 5));
  });
});

/** The scheduler, with something else done in the middle of its run. */
function watchedOnce(scheduler: Scheduler, inBetween: () => void): Scheduler {
  let calls = 0;
  const watch = (policy: Policy): Policy => ({
    ...policy,
    decide(view, decisions) {
      calls += 1;
      if (calls === 1 || calls === 4) inBetween();
      policy.decide(view, decisions);
    },
  });
  return { ...scheduler, create: (...given) => watch(scheduler.create(...given)) };
}
