/**
 * Differential test: allocations, finishes and energy of the released Planaria scheduler, see
 * docs/references.md#planaria-released-allocation and #planaria-released-event-loop.
 *
 * The allocation rule that `planaria-released` runs gives, in a replay of the release, every allocation, finish and
 * energy to the bit. Through the core a whole run cannot be equal: the release keeps progress as a float that asks for
 * one tile too many now and then (20 to 490 estimates a case), estimates in whole tiles (which policies do not see), and
 * a job that is complete stays until an event is its own. So the run through `simulate` is held to a replay with whole
 * tiles done and shares estimated, at every step of every case, and to the release itself up to the first step where
 * those two part.
 */
import { describe, expect, test } from "vitest";
import type { CostTable, ModelCosts, VariantCosts } from "../../../src/core/costs.ts";
import type { Model } from "../../../src/core/model.ts";
import { compile } from "../../../src/core/program.ts";
import type { Scenario, Task } from "../../../src/core/scenario.ts";
import type { Decisions, Scheduler } from "../../../src/core/scheduler.ts";
import { simulate } from "../../../src/core/simulate.ts";
import type { System } from "../../../src/core/system.ts";
import { referenceRows, referenceText, withReference } from "../../shared.ts";
import { planariaReleased } from "./planaria-released.ts";
import { type Allocated, type Layer, Replay, type ReplayTask } from "./replay.ts";

interface Tables {
  readonly frequency_hz: number;
  readonly subarrays: number;
  readonly networks: Readonly<
    Record<string, Readonly<Record<string, readonly (readonly [string, number, number, number])[]>>>
  >;
}

interface Case {
  readonly name: string;
  /** Steps until whole tiles and the release's floats part. */
  readonly commonSteps: number;
}

const cases: readonly Case[] = [
  { name: "loose", commonSteps: 17 },
  { name: "mid", commonSteps: 16 },
  { name: "tight", commonSteps: 4 },
];

withReference("planaria", () => {
  const tables = JSON.parse(referenceText("planaria", "tables.json")) as Tables;
  const networks = new Map(
    Object.entries(tables.networks).map(([name, sizes]) => [
      name,
      Array.from({ length: tables.subarrays }, (_, i): readonly Layer[] =>
        sizes[i + 1]!.map(([, tiles, cycles, energy]) => ({ tiles, cycles, energy })),
      ),
    ]),
  );
  const tasksOf = (name: string): ReplayTask[] =>
    referenceRows("planaria", `tasks-${name}.csv`).map((row) => ({
      id: Number(row.task_id),
      arrival: Number(row.arrival_cycle),
      priority: Number(row.priority),
      qosMs: Number(row.qos_ms),
      network: networks.get(row.network!)!,
    }));
  const allocationsOf = (name: string): Allocated[] =>
    referenceRows("planaria", `allocations-${name}.csv`).map(({ step, cycle, regime, task_id, subarrays }) => [
      Number(step),
      Number(cycle),
      regime!,
      Number(task_id),
      Number(subarrays),
    ]);
  const replayOf = (name: string, how: "float" | "whole") =>
    new Replay(tasksOf(name), tables.frequency_hz, tables.subarrays, how);

  describe.each(cases)("planaria, case $name", ({ name, commonSteps }) => {
    test("the allocation rule gives every allocation, finish and energy of the release", () => {
      const { allocations, finishes } = replayOf(name, "float");
      expect(allocations).toEqual(allocationsOf(name));
      const expected = referenceRows("planaria", `expected-${name}.csv`).map((row) => ({
        order: Number(row.finish_order),
        task: Number(row.task_id),
        cycle: Number(row.finish_cycle),
        energy: Number(row.energy),
      }));
      expected.sort((a, b) => a.order - b.order);
      expect(expected.length).toBe(30);
      expect(finishes.map((finish, order) => ({ order, ...finish }))).toEqual(expected);
    });

    test("through the core, every allocation and finish is that of the release with whole tiles", () => {
      const { allocations, finishes } = replayOf(name, "whole");
      const ours = throughTheCore(tasksOf(name), tables);
      expect(ours.steps).toEqual(positive(allocations));
      expect(ours.finishes).toEqual(new Map(finishes.map(({ task, cycle }) => [task, cycle])));
    });

    test("through the core, the first allocations and finishes are the release's own", () => {
      const ours = throughTheCore(tasksOf(name), tables);
      const released = positive(allocationsOf(name));
      const common = ours.steps.findIndex((step, i) => JSON.stringify(step) !== JSON.stringify(released[i]));
      expect(common).toBe(commonSteps);
      const untilCycle = released[common - 1]![0];
      const early = referenceRows("planaria", `expected-${name}.csv`).filter(
        (row) => Number(row.finish_cycle) <= untilCycle,
      );
      expect(early.length).toBeGreaterThan(0);
      for (const { task_id, finish_cycle } of early) {
        expect(ours.finishes.get(Number(task_id))).toBe(Number(finish_cycle));
      }
    });
  });
});

/** [cycle, [task, units] of those that got any], a step. */
type Step = readonly [number, readonly (readonly [number, number])[]];

function positive(allocations: readonly Allocated[]): Step[] {
  const steps: [number, [number, number][]][] = [];
  for (const [step, cycle, , task, units] of allocations) {
    steps[step] ??= [cycle, []];
    if (units > 0) steps[step][1].push([task, units]);
  }
  return steps;
}

/** Runs the policy in the core, one cycle a ns; a job's finish is the barrier that follows its completion. */
function throughTheCore(tasks: readonly ReplayTask[], tables: Tables) {
  const steps: [number, [number, number][]][] = [];
  const spy: Scheduler = {
    ...planariaReleased,
    create(platform, parameters) {
      const policy = planariaReleased.create(platform, parameters);
      return {
        ...policy,
        decide(view, decisions) {
          const pairs: [number, number][] = [];
          const record: Decisions = Object.create(decisions, {
            run: {
              value: (...given: Parameters<Decisions["run"]>) => {
                pairs.push([given[0].task.index, given[2]!.units!]);
                decisions.run(...given);
              },
            },
          }) as Decisions;
          policy.decide(view, record);
          if (pairs.length > 0) steps.push([view.nowNs, pairs]);
        },
      };
    },
  };
  const ends: [number, number][] = [];
  simulate(
    program(tasks, tables),
    spy,
    { lateDrop: false },
    {
      seed: 1,
      observer: { jobCompleted: ({ taskIndex, completionNs }) => ends.push([taskIndex, completionNs!]) },
    },
  );
  const barrierAfter = (timeNs: number) => steps.find(([cycle]) => cycle >= timeNs)?.[0] ?? timeNs;
  return { steps, finishes: new Map(ends.map(([task, timeNs]) => [task, barrierAfter(timeNs)])) };
}

function program(tasks: readonly ReplayTask[], { subarrays, frequency_hz }: Tables) {
  const models = tasks.map(({ id }): Model => {
    return {
      name: `task${id}`,
      bytesPerElement: 1,
      variants: [{ name: "original", layers: [], skips: [], exits: [], loops: [] }],
    };
  });
  const scenario: Scenario = {
    name: "planaria",
    durationNs: 1e9,
    phases: [],
    tasks: tasks.map(({ id, arrival, priority, qosMs }, i): Task => {
      const deadlineNs = Math.round(arrival + qosMs * 1e-3 * frequency_hz);
      return {
        id: `task${id}`,
        model: models[i]!,
        release: { kind: "trace", releases: [{ releaseNs: arrival, deadlineNs }] },
        deadlineNs: Infinity,
        priority,
      };
    }),
  };
  const system: System = {
    name: "planaria",
    accelerators: [
      {
        id: "a0",
        costs: { kind: "table", rows: [] },
        clockGHz: 1,
        pes: 1,
        units: subarrays,
        preemption: ["checkpoint", "drain"],
        idlePowerMw: 0,
        globalBufferBytes: Infinity,
      },
    ],
    memory: { bandwidthGBs: 1, energyPjPerByte: 0 },
    contextSwitch: "off",
  };
  const entries = tasks.map(({ network }, i): [Model, ModelCosts] => [
    models[i]!,
    { model: models[i]!, variants: [variantCosts(network)] },
  ]);
  const costs: CostTable = { columns: subarrays, models: new Map(entries) };
  return compile(scenario, system, costs);
}

function variantCosts(network: ReplayTask["network"]): VariantCosts {
  const layers = network[0]!.length;
  const perLayer = (value: (layer: Layer) => number) =>
    Float64Array.from(Array.from({ length: layers }, (_, l) => network.map((size) => value(size[l]!))).flat());
  return {
    variantName: "original",
    layers,
    layerNames: network[0]!.map((_, l) => `layer${l}`),
    latencyNs: perLayer(({ tiles, cycles }) => tiles * cycles),
    energyPj: perLayer(({ energy }) => energy),
    tiles: perLayer(({ tiles }) => tiles),
    boundaryBytes: new Float64Array(layers),
    liveBytes: new Float64Array(layers),
  };
}
