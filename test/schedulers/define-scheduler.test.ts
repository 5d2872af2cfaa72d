/** Parameters are typed by their declarations: `npm run typecheck` fails where a type here is another one. */
import { expect, expectTypeOf, test } from "vitest";
import type { ParameterValues, Policy, Scheduler } from "../../src/core/scheduler.ts";
import { defineScheduler } from "../../src/schedulers/define-scheduler.ts";
import { mechanism } from "../../src/schedulers/preemption-mechanism.ts";
import { granularity, lateDrop } from "../../src/schedulers/shared-parameters.ts";
import { run } from "../worlds.ts";

const about = { name: "mine", summary: "a test's", source: "test" };
const fifo: Policy = {
  lateDrop: false,
  decide: ({ readyJobs, idleAccelerators: [first] }, decisions) => decisions.run(readyJobs.first, first),
};

test("create gets each value with the type of its declaration", () => {
  const scheduler = defineScheduler({
    ...about,
    parameters: {
      alpha: { kind: "number", summary: "weight", default: 0.5, min: 0, max: 2 },
      order: { kind: "choice", summary: "what goes first", default: "old", choices: ["old", "new"] },
      isShy: { kind: "boolean", summary: "whether", default: false },
      note: { kind: "text", summary: "free text", default: "" },
    },
    create(platform, parameters) {
      expectTypeOf(parameters.alpha).toEqualTypeOf<number>();
      expectTypeOf(parameters.order).toEqualTypeOf<"old" | "new">();
      expectTypeOf(parameters.isShy).toEqualTypeOf<boolean>();
      expectTypeOf(parameters.note).toEqualTypeOf<string>();
      expectTypeOf(platform.tasks[0]!.priority).toEqualTypeOf<number>();
      // @ts-expect-error: there is no such parameter.
      expect(parameters.beta).toBeUndefined();
      // @ts-expect-error: not one of the choices.
      expect(parameters.order === "oldest").toBe(false);
      expect(parameters).toEqual({ alpha: 1.5, order: "new", isShy: true, note: "n" });
      return fifo;
    },
  });
  expectTypeOf(scheduler).toEqualTypeOf<Scheduler>();
  const world = { tasks: [{ id: "a", layersNs: [5] }] };
  const given = { alpha: "1.5", order: "new", isShy: "on", note: "n" } as const;
  expect(run(world, scheduler, given).ends).toEqual([[5, "a#0", "done"]]);
});

test("parameters may be left out", () => {
  const scheduler = defineScheduler({
    ...about,
    create(_platform, parameters) {
      // @ts-expect-error: there is no parameter.
      expect(parameters.alpha).toBeUndefined();
      return fifo;
    },
  });
  expect(scheduler.parameters).toEqual([]);
  expect(run({ tasks: [{ id: "a", layersNs: [5] }] }, scheduler).ends).toEqual([[5, "a#0", "done"]]);
});

test("shared declarations keep their types, whatever they are put together with", () => {
  const more = { depth: { kind: "number", summary: "how deep", default: 1 } } as const;
  defineScheduler({
    ...about,
    parameters: { granularity: granularity("layer"), ...more, lateDrop, mechanism: mechanism("none") },
    create(_platform, { granularity, depth, lateDrop, mechanism }) {
      expectTypeOf(granularity).toEqualTypeOf<string>();
      expectTypeOf(depth).toEqualTypeOf<number>();
      expectTypeOf(lateDrop).toEqualTypeOf<boolean>();
      expectTypeOf(mechanism).toEqualTypeOf<"dynamic" | "checkpoint" | "kill" | "drain" | "none">();
      return fifo;
    },
  });
});

test("a declaration of no known kind, or without a default, is no parameter", () => {
  const create = () => fifo;
  // @ts-expect-error: there are no colours.
  defineScheduler({ ...about, parameters: { a: { kind: "colour", summary: "?", default: "red" } }, create });
  // @ts-expect-error: a number has a number by default.
  defineScheduler({ ...about, parameters: { a: { kind: "number", summary: "?", default: "1" } }, create });
  // @ts-expect-error: a default is missing.
  defineScheduler({ ...about, parameters: { a: { kind: "boolean", summary: "?" } }, create });
});

test("the scheduler lists its parameters in order, each with its name", () => {
  const { parameters, name, summary, source } = defineScheduler({
    ...about,
    parameters: { lateDrop, depth: { kind: "number", summary: "how deep", default: 1, isInteger: true } },
    create: () => fifo,
  });
  expect({ name, summary, source }).toEqual(about);
  expect(parameters).toEqual([
    { kind: "boolean", name: "lateDrop", summary: lateDrop.summary, default: true },
    { kind: "number", name: "depth", summary: "how deep", default: 1, isInteger: true },
  ]);
});

test("a plain object with a list of parameters is a scheduler too", () => {
  const plain: Scheduler = {
    ...about,
    parameters: [{ kind: "number", name: "alpha", summary: "weight", default: 0.5 }],
    create(_platform, parameters) {
      expectTypeOf(parameters).toEqualTypeOf<ParameterValues>();
      expect(parameters.alpha).toBe(0.5);
      return fifo;
    },
  };
  expect(run({ tasks: [{ id: "a", layersNs: [5] }] }, plain).ends).toEqual([[5, "a#0", "done"]]);
});
