/** Where the core knows what a policy would decide, it decides exactly as the policy does. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { listenTo, type Observer, type RunEvent } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { Policy, Scheduler } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { propertyRuns } from "../property-runs.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";
import {
  randomClosedWorld,
  randomDynamicWorld,
  randomPipelines,
  randomScaledWorld,
  randomWorld,
  withPipelines,
  withSpreads,
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

/** What a run tells, reasons left out: with them every policy is asked. */
function runOf(world: SmallWorld, scheduler: Scheduler, given: Readonly<Record<string, string | number | boolean>>) {
  const events: RunEvent[] = [];
  const { decisionExplained: _, ...observer }: Observer = listenTo((event) => events.push(event));
  const { scenario, system, costTable } = smallScenario(world);
  const { values } = resolveParameters(scheduler, given);
  const totals = simulate(compile(scenario, system, costTable), scheduler, values, { seed: world.seed ?? 1, observer });
  return { events, totals };
}

const anyWorld = fc.oneof(
  ...[randomWorld, randomDynamicWorld, randomClosedWorld, randomScaledWorld, randomPipelines],
  ...[withPipelines(randomWorld), withSpreads(randomWorld)],
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
      const known = runOf(tried, changed(scheduler, neverAsked), given);
      expect(known).toEqual(runOf(tried, changed(scheduler, asking), given));
    },
  );
  fc.assert(property, propertyRuns(600));
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
      expect(runOf(tried, scheduler, given)).toEqual(runOf(tried, changed(scheduler, asking), given));
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
  expect(runOf(world, counted, {}).totals.decisions).toBe(3);
  expect(asked).toBe(1);
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
  expect(runOf(world, own, {}).totals.decisions).toBe(1);
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
