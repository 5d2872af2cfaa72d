/** Where the core knows what a policy would decide, it decides exactly as the policy does. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Observer } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { AcceleratorView, Platform, Policy, Scheduler, TaskView } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import type { System } from "../../src/core/system.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { runFirstPlaced } from "../../src/schedulers/ranked.ts";
import type { Place } from "../../src/schedulers/selection.ts";
import { propertyRuns } from "../property-runs.ts";
import { overloadedWorld } from "../schedulers/long-queues.ts";
import { toldBy } from "../told-by.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";
import { withSpreads } from "./random-spreads.ts";
import {
  randomClosedWorld,
  randomDynamicWorld,
  randomPipelines,
  randomScaledWorld,
  randomWorld,
  withPipelines,
} from "./random-worlds.ts";

const names = ["fcfs", "fcfs-static", "edf", "llf", "sjf", "np-hpf", "hpf", "rr"];
const orders = schedulers.filter(({ name }) => names.includes(name));
const isOrderOnly = (scheduler: Scheduler): boolean =>
  scheduler.create({ accelerators: [], tasks: [] }, resolveParameters(scheduler, {}).values).inOrder !== undefined;

/** The scheduler, with a look at its policy. */
const changed = (scheduler: Scheduler, change: (policy: Policy) => Policy): Scheduler => ({
  ...scheduler,
  create: (platform, parameters) => change(scheduler.create(platform, parameters)),
});

const asking = ({ inOrder: _, onlyChoice: _only, onlyForWaiting: _waiting, ...policy }: Policy): Policy => policy;
const neverAsked = (policy: Policy): Policy => {
  const decide = () => {
    throw new Error("asked");
  };
  return { ...policy, decide, ...(policy.inOrder && { inOrder: { ...policy.inOrder, decide } }) };
};

const effects: fc.Arbitrary<Partial<System>> = fc.record({
  contention: fc.constantFrom("on", "off"),
  decisionOverheadNs: fc.constantFrom(0, 3),
});

const withEffects = (worlds: fc.Arbitrary<SmallWorld>): fc.Arbitrary<SmallWorld> =>
  fc.tuple(worlds, effects).map(([world, system]) => ({ ...world, system: { ...world.system, ...system } }));

const anyWorld = fc.oneof(
  ...[randomWorld, randomDynamicWorld, randomClosedWorld, randomScaledWorld, randomPipelines],
  ...[withPipelines(randomWorld), withSpreads(randomWorld), withEffects(randomWorld)],
);

test("most orders are the core's to carry out", () => {
  expect(
    orders
      .filter(isOrderOnly)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...names].sort());
});

test("a run has the same events and totals whether the core decides or the policy is asked", () => {
  const granularity = fc.constantFrom("layer", "model", "2");
  const placement = fc.constantFrom("fastest", "edp", "first");
  const property = fc.property(
    ...([anyWorld, fc.constantFrom(...orders), granularity, placement, fc.boolean(), fc.boolean()] as const),
    (world, scheduler, granularity, placement, lateDrop, isPlain) => {
      const hasPlacement = scheduler.parameters.some(({ name }) => name === "placement");
      const given = { granularity, lateDrop, ...(hasPlacement && { placement }) };
      const tried = isPlain ? { ...world, contextSwitch: "off" as const } : world;
      const known = toldBy(tried, changed(scheduler, neverAsked), given);
      expect(known).toEqual(toldBy(tried, changed(scheduler, asking), given));
    },
  );
  fc.assert(property, propertyRuns(600));
});

/** The order, with each task pinned to one of the accelerators that can run it: the `pin`-th, and the next for the next task. */
const pinned = (order: Scheduler, pin: number): Scheduler => ({
  ...order,
  create(platform, parameters) {
    const policy = order.create(platform, parameters);
    const { layers } = policy.inOrder!;
    const pinnedTo = (task: TaskView): AcceleratorView | undefined => {
      const able = platform.accelerators.filter((accelerator) => task.isolatedNs(accelerator) < Infinity);
      return able[(task.index + pin) % able.length];
    };
    const place: Place = ({ idleAccelerators }, { task }) => idleAccelerators.find((idle) => idle === pinnedTo(task));
    const decide = runFirstPlaced(layers, place, { chosen: () => ({ rule: "" }), waits: { rule: "" } });
    return { ...policy, decide, inOrder: { layers, decide, pinnedTo } };
  },
});

test("a run has the same events and totals whether the core decides for pinned tasks or the policy is asked", () => {
  const worlds = fc.oneof(anyWorld, overloadedWorld);
  const property = fc.property(
    ...([worlds, fc.constantFrom(...orders), fc.nat(3), fc.constantFrom("layer", "model", "2"), fc.boolean()] as const),
    (world, order, pin, granularity, lateDrop) => {
      const scheduler = pinned(order, pin);
      const known = toldBy(world, changed(scheduler, neverAsked), { granularity, lateDrop });
      expect(known).toEqual(toldBy(world, changed(scheduler, asking), { granularity, lateDrop }));
    },
  );
  fc.assert(property, propertyRuns(400));
});

test("a run of MapScore has the same events and totals whether or not it is asked where there is but one choice", () => {
  const mapScores = schedulers.filter(({ name }) => ["dream-mapscore", "dream-smartdrop", "dream"].includes(name));
  const minHopeless = fc.integer({ min: 1, max: 3 });
  const property = fc.property(
    anyWorld,
    fc.constantFrom(...mapScores),
    minHopeless,
    fc.boolean(),
    (world, scheduler, minHopeless, isPlain) => {
      const given = scheduler.name === "dream-mapscore" ? {} : { minHopeless };
      const tried = isPlain ? { ...world, contextSwitch: "off" as const } : world;
      expect(toldBy(tried, scheduler, given)).toEqual(toldBy(tried, changed(scheduler, asking), given));
    },
  );
  fc.assert(property, propertyRuns(600));
});

test("MapScore is asked less often than it decides", () => {
  const mapScore = schedulers.find(({ name }) => name === "dream-mapscore")!;
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [5, 5, 5], atNs: [0] }] };
  let asked = 0;
  const counted = changed(mapScore, (policy) => {
    const decide: Policy["decide"] = (view, decisions) => {
      asked += 1;
      policy.decide(view, decisions);
    };
    return { ...policy, decide, onlyChoice: { layers: 1, decide } };
  });
  expect(toldBy(world, counted, {}).totals.decisions).toBe(3);
  expect(asked).toBe(1);
});

test("MapScore is not asked where the only ready job has several idle accelerators, and may move", () => {
  const mapScore = schedulers.find(({ name }) => name === "dream-mapscore")!;
  const layersNs = [[5, 9], [9, 5], [5, 9]]; // biome-ignore format: a row for each layer
  const world: SmallWorld = { accelerators: 2, contextSwitch: "off", tasks: [{ id: "a", layersNs, atNs: [0] }] };
  let asked = 0;
  const counted = changed(mapScore, ({ onlyChoice, ...policy }) => {
    const decide: Policy["decide"] = (view, decisions) => {
      asked += 1;
      policy.decide(view, decisions);
    };
    return { ...policy, decide, ...(onlyChoice && { onlyChoice: { ...onlyChoice, decide } }) };
  });
  const { events } = toldBy(world, counted, {});
  const starts = events.flatMap((event) =>
    event.kind === "jobDispatched" ? [[event.timeNs, event.acceleratorIndex]] : [],
  );
  expect(starts).toEqual([[0, 0], [5, 1], [10, 0]]); // biome-ignore format: time and accelerator of each layer
  expect(asked).toBe(1);
});

test("a policy whose preempt is only for waiting jobs is not asked where none has to wait", () => {
  const [hpf] = schedulers.filter(({ name }) => name === "hpf");
  const tasks = [
    { id: "a", layersNs: [5, 5, 5], atNs: [0] },
    { id: "b", layersNs: [7, 7], atNs: [0] },
  ];
  let asked = 0;
  const counted = changed(hpf!, ({ preempt: own, ...policy }) => {
    const preempt: Policy["preempt"] = (view, decisions) => {
      asked += 1;
      own!(view, decisions);
    };
    return { ...policy, preempt, onlyForWaiting: { preempt } };
  });
  const { totals } = toldBy({ accelerators: 2, tasks }, counted, { granularity: "layer" });
  // At 14, when b has ended and a still runs. At 5, 7 and 10, the calls are only counted.
  expect(asked).toBe(1);
  expect(totals).toEqual(toldBy({ accelerators: 2, tasks }, changed(hpf!, asking), { granularity: "layer" }).totals);
});

test("a place that is not idle or cannot run the job is an error of the policy", () => {
  const world: SmallWorld = {
    accelerators: 2,
    tasks: [{ id: "a", layersNs: [5, [5, Number.POSITIVE_INFINITY]], atNs: [0] }],
  };
  const [edf] = schedulers.filter(({ name }) => name === "edf");
  const wrong = changed(edf!, (policy) => ({
    ...policy,
    inOrder: { ...policy.inOrder!, place: ({ idleAccelerators }) => idleAccelerators.at(-1) },
  }));
  expect(() => toldBy(world, wrong, {})).toThrow(
    'places job 0 of task "a" on an accelerator that is not idle or cannot',
  );
});

test("a pin to an accelerator that is unknown or cannot run the job is an error of the policy", () => {
  const world: SmallWorld = {
    accelerators: 2,
    tasks: [{ id: "a", layersNs: [5, [5, Number.POSITIVE_INFINITY]], atNs: [0] }],
  };
  const [edf] = schedulers.filter(({ name }) => name === "edf");
  const pinning = (pin: (platform: Platform) => AcceleratorView): Scheduler => ({
    ...edf!,
    create(platform, parameters) {
      const policy = edf!.create(platform, parameters);
      return { ...policy, inOrder: { ...policy.inOrder!, pinnedTo: () => pin(platform) } };
    },
  });
  const unable = pinning(({ accelerators }) => accelerators[1]!);
  expect(() => toldBy(world, unable, { granularity: "model" })).toThrow('places job 0 of task "a" on an accelerator');
  const copied = pinning(({ accelerators }) => ({ ...accelerators[0]! }));
  expect(() => toldBy(world, copied, {})).toThrow('pins task "a" to an unknown accelerator');
});

test("a policy that builds on an order and decides by itself is asked", () => {
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [5], atNs: [0] }] };
  let asked = 0;
  const [edf] = schedulers.filter(({ name }) => name === "edf");
  const own = changed(edf!, (policy) => ({
    ...policy,
    decide(view, decisions) {
      asked += 1;
      policy.decide(view, decisions);
    },
  }));
  expect(toldBy(world, own, {}).totals.decisions).toBe(1);
  expect(asked).toBe(1);
});

test("a policy is asked where reasons are wanted", () => {
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [5, 5], atNs: [0] }] };
  const { scenario, system, costTable } = smallScenario(world);
  const [edf] = schedulers.filter(({ name }) => name === "edf");
  const { values } = resolveParameters(edf!, {});
  const program = compile(scenario, system, costTable);
  const rules: string[] = [];
  const observer: Observer = { decisionExplained: ({ reason }) => rules.push(reason.rule) };
  simulate(program, edf!, values, { seed: 1, observer });
  expect(new Set(rules)).toEqual(new Set(["earliest deadline"]));
});
