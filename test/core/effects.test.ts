/** Effects that are off unless a system asks for them: contention, decision overhead, operating points, power. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/core/program.ts";
import { simulate } from "../../src/core/simulate.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { propertyRuns } from "../property-runs.ts";
import { run, type SmallTask, type SmallWorld, smallScenario, smallTask } from "../worlds.ts";
import { chaos } from "./chaos.ts";
import { endsOf } from "./planned.ts";
import { withSpreads } from "./random-spreads.ts";
import { randomWorld } from "./random-worlds.ts";

describe("contention", () => {
  const shared = {
    accelerators: 2,
    memory: { bandwidthGBs: 10, energyPjPerByte: 0 },
    system: { contention: "on" } as const,
  };
  /** Layers of 100 ns that move so many bytes: 10 a ns is all that the memory gives. */
  const reader = (id: string, bytes: number, more: Partial<SmallTask> = {}) =>
    smallTask(id, [100], { offChipBytes: [bytes], ...more });
  test("leaves layers alone whose demands fit together", () => {
    expect(endsOf({ ...shared, tasks: [reader("a", 500), reader("b", 500)] })).toEqual([
      [100, "a#0"],
      [100, "b#0"],
    ]);
  });
  test("halves the speed of two layers that each want all of it", () => {
    expect(endsOf({ ...shared, tasks: [reader("a", 1000), reader("b", 1000)] })).toEqual([
      [200, "a#0"],
      [200, "b#0"],
    ]);
  });
  test("gives a modest layer what it asks for and the rest to the greedy one", () => {
    // b wants 2 of 10 GB/s and gets them; a wants 10 and gets 8: 100 ns of b, then a has 100 - 80 left at full speed.
    expect(endsOf({ ...shared, tasks: [reader("a", 1000), reader("b", 200)] })).toEqual([
      [100, "b#0"],
      [120, "a#0"],
    ]);
  });
  test("stretches only the time that layers share", () => {
    // Alone to 50; then half speed: a has 50 left, ends at 150; b has then done 50 and ends at 200.
    const tasks = [reader("a", 1000), reader("b", 1000, { atNs: [50] })];
    expect(endsOf({ ...shared, tasks })).toEqual([
      [150, "a#0"],
      [200, "b#0"],
    ]);
  });
  test("leaves alone a layer that runs alone, even one whose traffic takes longer than its latency", () => {
    expect(endsOf({ ...shared, tasks: [reader("a", 5000)] })).toEqual([[100, "a#0"]]);
  });
  test("is not there unless the system asks for it", () => {
    const tasks = [reader("a", 1000), reader("b", 1000)];
    expect(endsOf({ ...shared, system: {}, tasks })).toEqual([
      [100, "a#0"],
      [100, "b#0"],
    ]);
  });
  test("does not change what a layer takes of energy", () => {
    const { jobs } = run({ ...shared, tasks: [reader("a", 1000), reader("b", 1000)] }, fcfs);
    expect(jobs.map(({ energyPj }) => energyPj)).toEqual([100, 100]);
  });
});

describe("decision overhead", () => {
  const system = { decisionOverheadNs: 5 };
  test("delays each dispatch, not each layer of it", () => {
    expect(endsOf({ tasks: [smallTask("a", [10, 20])], system })).toEqual([[35, "a#0"]]);
    const { ends: byLayer } = run({ tasks: [smallTask("a", [10, 20])], system }, fcfs, { granularity: "layer" });
    expect(byLayer).toEqual([[40, "a#0", "done"]]);
  });
  test("keeps the accelerator busy and takes no energy", () => {
    const { totals } = run({ tasks: [smallTask("a", [10, 20])], system }, fcfs);
    expect(totals.accelerators).toEqual([{ busyNs: 35, energyPj: 30, contextSwitches: 0 }]);
  });
});

describe("operating points", () => {
  // Layers take 1 pJ a ns, which is 1 mW, at the costs' own point.
  const operatingPoints = [
    { name: "turbo", speed: 2, energyFactor: 1.5 },
    { name: "normal", speed: 1, energyFactor: 1 },
    { name: "eco", speed: 0.5, energyFactor: 0.6 },
  ];
  const world = (more: Partial<SmallWorld>): SmallWorld => ({
    tasks: [smallTask("a", [100]), smallTask("b", [100])],
    accelerators: 2,
    accelerator: { operatingPoints },
    ...more,
  });
  test("without a cap run at the fastest: half the time, 1.5 times the energy", () => {
    const { jobs } = run(world({}), fcfs);
    expect(jobs.map(({ completionNs, energyPj }) => [completionNs, energyPj])).toEqual([
      [50, 150],
      [50, 150],
    ]);
  });
  test("start at the fastest that keeps all running layers below the cap", () => {
    // Turbo takes 3 mW, normal 1, eco 0.3: under 4.5 mW the first runs at turbo and the second at normal.
    const { jobs, totals } = run(world({ system: { powerCapMw: 4.5 } }), fcfs);
    expect(jobs.map(({ completionNs, energyPj }) => [completionNs, energyPj])).toEqual([
      [50, 150],
      [100, 100],
    ]);
    expect(totals.peakPowerMw).toBe(4);
  });
  test("run at the slowest where nothing fits, and the peak tells of it", () => {
    const { jobs, totals } = run(world({ system: { powerCapMw: 0.1 } }), fcfs);
    expect(jobs.map(({ completionNs }) => completionNs)).toEqual([200, 200]);
    expect(totals.peakPowerMw).toBeCloseTo(0.6, 12);
  });
  test("do not count a layer that ends against one that begins at the same instant", () => {
    // 1 then 3 mW here, 3 then 1 mW there, changing together: never more than 4.
    const tasks = [
      smallTask("a", [10, 10], {
        energyPj: [
          [10, 10],
          [30, 30],
        ],
      }),
      smallTask("b", [10, 10], {
        energyPj: [
          [30, 30],
          [10, 10],
        ],
      }),
    ];
    expect(run({ tasks, accelerators: 2 }, fcfs).totals.peakPowerMw).toBe(4);
    // Under a cap of 4 both stay at the point of their costs.
    const points = [
      { name: "normal", speed: 1, energyFactor: 1 },
      { name: "eco", speed: 0.5, energyFactor: 0.5 },
    ];
    const capped = { tasks, accelerators: 2, accelerator: { operatingPoints: points }, system: { powerCapMw: 4 } };
    expect(run(capped, fcfs).ends.map(([timeNs]) => timeNs)).toEqual([20, 20]);
  });
  test("count idle accelerators' power against the cap", () => {
    // The idle accelerator takes 2 of 4.5 mW: the only job runs at normal.
    const accelerator = { operatingPoints, idlePowerMw: 2 };
    const { jobs } = run(world({ tasks: [smallTask("a", [100])], accelerator, system: { powerCapMw: 4.5 } }), fcfs);
    expect(jobs.map(({ completionNs }) => completionNs)).toEqual([100]);
  });
});

test("every rule of the audit holds with all effects on, whatever a policy decides", () => {
  const effects = fc.record({
    overheadNs: fc.integer({ min: 0, max: 7 }),
    powerCapMw: fc.double({ min: 0.1, max: 9, noNaN: true }),
    bytes: fc.integer({ min: 0, max: 400 }),
    hasPoints: fc.boolean(),
  });
  const property = fc.property(
    fc.oneof(randomWorld, withSpreads(randomWorld)),
    effects,
    fc.integer(),
    (world, { overheadNs, powerCapMw, bytes, hasPoints }, salt) => {
      const operatingPoints = [
        { name: "fast", speed: 1.7, energyFactor: 1.4 },
        { name: "slow", speed: 0.6, energyFactor: 0.7 },
      ];
      const { scenario, system, costTable } = smallScenario({
        ...world,
        tasks: world.tasks.map((each) => ({ ...each, offChipBytes: each.layersNs.map((_, i) => bytes * (i % 2)) })),
        system: { contention: "on", decisionOverheadNs: overheadNs, ...(hasPoints && { powerCapMw }) },
        ...(hasPoints && { accelerator: { operatingPoints } }),
      });
      const program = compile(scenario, system, costTable);
      const seed = world.seed ?? 1;
      const { values } = resolveParameters(chaos, { salt });
      const audit = createAudit(program, { seed, lateDrop: true });
      expect(audit.finish(simulate(program, chaos, values, { seed, observer: audit.observer }))).toEqual([]);
    },
  );
  fc.assert(property, propertyRuns(300));
});
