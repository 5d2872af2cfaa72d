/** Weights in the memory of an accelerator: 100 bytes, filled at 10 bytes a ns and 2 pJ a byte, unless said. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/core/program.ts";
import type { Policy } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import type { WeightMemory } from "../../src/core/system.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { propertyRuns } from "../property-runs.ts";
import { run, type SmallTask, type SmallWorld, smallScenario } from "../worlds.ts";
import { firstComeFirst, planned, type Step, scheduler } from "./planned.ts";
import { chaos, randomDynamicWorld, randomScaledWorld, randomWorld, withSpreads } from "./random-worlds.ts";

const weights: WeightMemory = { bytes: 100, bandwidthGBs: 10, energyPjPerByte: 2, overlap: "off" };

const task = (id: string, layersNs: number[], weightBytes: number[], more: Partial<SmallTask> = {}): SmallTask => ({
  id,
  layersNs,
  weightBytes,
  ...more,
});
const world = (tasks: readonly SmallTask[], memory: Partial<WeightMemory> = {}, more: Partial<SmallWorld> = {}) => ({
  tasks,
  accelerator: { weights: { ...weights, ...memory } },
  ...more,
});
/** [end, "task#job"] of each job. */
const ends = (of: SmallWorld, by = fcfs) => run(of, by).ends.map(([timeNs, job]) => [timeNs, job]);
/** [start, task, layer, load ns or undefined] of each segment. */
const loads = (of: SmallWorld, by = fcfs) =>
  run(of, by).segments.map((each) => [each.startNs, of.tasks[each.taskIndex]!.id, each.layerIndex, each.load?.ns]);

describe("weights", () => {
  test("are loaded before the first job of a model, and are there for its next", () => {
    const one = world([task("a", [20], [50], { atNs: [0, 0] })]);
    // 50 bytes: 5 ns and 100 pJ; the layer takes 20 ns and 20 pJ.
    const { ends: all, jobs, totals } = run(one, fcfs);
    expect(all.map(([timeNs]) => timeNs)).toEqual([25, 45]);
    expect(jobs.map(({ energyPj, weights: of }) => [energyPj, of])).toEqual([
      [120, { loads: 1, waitNs: 5 }],
      [20, { loads: 0, waitNs: 0 }],
    ]);
    expect(totals.weights).toEqual([{ loads: 1, waitNs: 5, bytes: 50, pj: 100 }]);
    expect(totals.accelerators).toEqual([{ busyNs: 45, energyPj: 140, contextSwitches: 0 }]);
  });

  test("of models that fit together are loaded once each", () => {
    const both = world([task("a", [20], [50], { atNs: [0, 2] }), task("b", [20], [50], { atNs: [1, 3] })]);
    expect(ends(both)).toEqual([
      [25, "a#0"],
      [50, "b#0"],
      [70, "a#1"],
      [90, "b#1"],
    ]);
  });

  test("of models that do not fit together are loaded again at every change", () => {
    const both = world([task("a", [20], [50], { atNs: [0, 2] }), task("b", [20], [60], { atNs: [1, 3] })]);
    expect(ends(both)).toEqual([
      [25, "a#0"],
      [51, "b#0"],
      [76, "a#1"],
      [102, "b#1"],
    ]);
  });

  test("are loaded layer by layer, each before the layer that uses them", () => {
    const two = world([task("a", [20, 30, 10], [50, 0, 40], { atNs: [0, 0] })]);
    expect(loads(two)).toEqual([
      [0, "a", 0, 5],
      [25, "a", 1, undefined],
      [55, "a", 2, 4],
      [69, "a", 0, undefined],
      [89, "a", 1, undefined],
      [119, "a", 2, undefined],
    ]);
  });

  test("make room by models: the one goes whose last layer began longest ago", () => {
    // 40 + 40 + 40 do not fit. c evicts a; a, back at its turn, evicts b; b is then loaded again, c is not.
    const three = world([
      task("a", [10], [40], { atNs: [0, 3] }),
      task("b", [10], [40], { atNs: [1, 5] }),
      task("c", [10], [40], { atNs: [2, 4] }),
    ]);
    expect(loads(three).map(([, id, , ns]) => [id, ns])).toEqual([
      ["a", 4],
      ["b", 4],
      ["c", 4],
      ["a", 4],
      ["c", undefined],
      ["b", 4],
    ]);
  });

  test("make room by the order of models where two were used at the same time", () => {
    // Layers of no length: b and a both began at 9. c needs the room of one: b goes, which is first in the scenario.
    const tied = world(
      [
        task("b", [0], [40], { atNs: [0, 9, 60] }),
        task("a", [0], [40], { atNs: [0, 9, 50] }),
        task("c", [1], [40], { atNs: [40] }),
      ],
      { bandwidthGBs: 1e9 },
    );
    expect(loads(tied).map(([startNs, id, , ns]) => [startNs, id, ns])).toEqual([
      [0, "b", 0],
      [0, "a", 0],
      [9, "b", undefined],
      [9, "a", undefined],
      [40, "c", 0],
      [50, "a", undefined],
      [60, "b", 0],
    ]);
  });

  test("of a model larger than the memory come and go by layer, and a loop over it finds none", () => {
    // 60 + 30 + 30 in 100: when the third comes, the first goes; back at the first, the second goes, and so on.
    const large = world([task("a", [10, 10, 10], [60, 30, 30], { atNs: [0, 0] })]);
    expect(loads(large).map(([, , layer, ns]) => [layer, ns])).toEqual([
      [0, 6],
      [1, 3],
      [2, 3],
      [0, 6],
      [1, 3],
      [2, 3],
    ]);
  });

  test("of a layer larger than the memory pass through, and evict nothing", () => {
    const passing = world([task("a", [10], [90], { atNs: [0, 2] }), task("b", [10, 10], [200, 10], { atNs: [1] })]);
    // b's small layer is a set of its own: it fits beside a.
    expect(loads(passing)).toEqual([
      [0, "a", 0, 9],
      [19, "b", 0, 20],
      [49, "b", 1, 1],
      [60, "a", 0, undefined],
    ]);
  });

  test("of one model at a time are kept where the memory has no size", () => {
    const { bytes: _, ...sizeless } = weights;
    const both = {
      tasks: [task("a", [20], [5], { atNs: [0, 2, 3] }), task("b", [20], [6], { atNs: [1] })],
      accelerator: { weights: sizeless },
    };
    expect(loads(both).map(([, id, , ns]) => [id, ns])).toEqual([
      ["a", 1],
      ["b", 1],
      ["a", 1],
      ["a", undefined],
    ]);
  });

  test("of unknown size fill the memory", () => {
    const unknown = world([task("a", [20], [Number.NaN], { atNs: [0, 2] }), task("b", [20], [1], { atNs: [1] })]);
    expect(loads(unknown).map(([, id, , ns]) => [id, ns])).toEqual([
      ["a", 10],
      ["b", 0],
      ["a", 10],
    ]);
  });

  test("of the steps of a loop are one", () => {
    const loops = [{ firstLayer: 1, layersPerStep: 1, stepProbabilities: [0, 0, 1] }];
    const looped = world([task("a", [10, 10, 10, 10], [10, 20, 20, 20], { loops })]);
    expect(loads(looped).map(([, , layer, ns]) => [layer, ns])).toEqual([
      [0, 1],
      [1, 2],
      [2, undefined],
      [3, undefined],
    ]);
  });

  test("of layers that a job skips are not loaded", () => {
    const skips = [{ firstLayer: 1, endLayer: 2, probability: 1 }];
    expect(ends(world([task("a", [10, 10, 10], [10, 50, 20], { skips })]))).toEqual([[23, "a#0"]]);
  });

  test("are those of a variant: another one loads its own", () => {
    const lighter = world([task("a", [20], [50], { atNs: [0, 0], lighterNs: [[10]] })]);
    const steps: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 25, choose: "a#1", variant: 1 },
      { atNs: 25, run: "a#1" },
    ];
    expect(ends(lighter, planned(steps))).toEqual([
      [25, "a#0"],
      [40, "a#1"],
    ]);
  });

  test("of two tasks with one model are shared", () => {
    const { scenario, system, costTable } = smallScenario(world([task("a", [20], [50]), task("b", [20], [50])]));
    const { model } = scenario.tasks[0]!;
    const shared = { ...scenario, tasks: scenario.tasks.map((each) => ({ ...each, model })) };
    const { values } = resolveParameters(fcfs, {});
    const totals = simulate(compile(shared, system, costTable), fcfs, values, { seed: 1 });
    expect(totals.endNs).toBe(45);
  });

  test("are on each accelerator by itself", () => {
    const two = world([task("a", [20], [50], { atNs: [0, 0] })], {}, { accelerators: 2 });
    expect(ends(two)).toEqual([
      [25, "a#0"],
      [25, "a#1"],
    ]);
  });

  test("of a model that ran in parts are there in parts", () => {
    // The first job runs one layer here and one there; the second, here alone, finds the first layer and loads the other.
    const parts = world([task("a", [10, 10], [30, 40], { atNs: [0, 50] })], {}, { accelerators: 2 });
    const steps: Step[] = [
      { atNs: 0, run: "a#0", layers: 1 },
      { atNs: 13, run: "a#0", on: 1 },
      { atNs: 50, run: "a#1" },
    ];
    expect(loads(parts, planned(steps))).toEqual([
      [0, "a", 0, 3],
      [13, "a", 1, 4],
      [50, "a", 0, undefined],
      [60, "a", 1, 4],
    ]);
  });

  test("come after the decision's overhead and the activations", () => {
    const moving = world(
      [task("a", [20, 10], [50, 30], { boundaryBytes: [0, 8] })],
      {},
      {
        accelerators: 2,
        contextSwitch: "on",
        memory: { bandwidthGBs: 2, energyPjPerByte: 3 },
        system: { decisionOverheadNs: 2 },
      },
    );
    const steps: Step[] = [
      { atNs: 0, run: "a#0", layers: 1 },
      { atNs: 27, run: "a#0", on: 1 },
    ];
    const { segments } = run(moving, planned(steps));
    // 2 overhead, 5 load, 20 work; then 2 overhead, 8 activations (2 x 4), 3 load, 10 work.
    expect(segments.map(({ startNs, endNs, switchInNs, load }) => [startNs, endNs, switchInNs, load])).toEqual([
      [0, 27, 0, { ns: 5, waitNs: 5, pj: 100, bytes: 50 }],
      [27, 50, 8, { ns: 3, waitNs: 3, pj: 60, bytes: 30 }],
    ]);
    expect(segments.map(({ energyPj }) => energyPj)).toEqual([120, 10 + 48 + 60]);
  });
});

describe("a load that overlaps with the work", () => {
  test("makes a layer take the longer of the two", () => {
    const both = world([task("a", [20, 3], [50, 40])], { overlap: "on" });
    const { segments } = run(both, fcfs);
    expect(segments.map(({ startNs, endNs, load }) => [startNs, endNs, load?.ns, load?.waitNs])).toEqual([
      [0, 20, 5, 0],
      [20, 24, 4, 1],
    ]);
  });

  test("is hidden by faster work at an operating point only as far as that takes", () => {
    const operatingPoints = [{ name: "fast", speed: 2, energyFactor: 1 }];
    const fast: SmallWorld = {
      tasks: [task("a", [20], [120])],
      accelerator: { weights: { ...weights, bytes: 200, overlap: "on" }, operatingPoints },
    };
    // 10 ns of work under a load of 12.
    expect(ends(fast)).toEqual([[12, "a#0"]]);
  });
});

describe("a job that is stopped while its weights are loaded", () => {
  const two = world([task("a", [20], [50]), task("b", [20], [60])]);
  test("by a kill has to load them again, and what they evicted is gone as well", () => {
    const steps: Step[] = [
      { atNs: 0, run: "b#0" },
      { atNs: 26, run: "a#0" },
      { atNs: 29, kill: "a#0" },
      { atNs: 29, run: "a#0" },
    ];
    // b: 6 + 20. a: 3 of 5 ns, then all of them and 20. Both loads take their energy in full.
    const { ends: all, jobs, totals } = run(two, planned(steps));
    expect(all.map(([timeNs, job]) => [timeNs, job])).toEqual([
      [26, "b#0"],
      [54, "a#0"],
    ]);
    expect(jobs[1]).toMatchObject({ energyPj: 220, weights: { loads: 2, waitNs: 8 } });
    expect(totals.weights).toEqual([{ loads: 3, waitNs: 14, bytes: 160, pj: 320 }]);
  });

  test("by a checkpoint as well", () => {
    const steps: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 4, checkpoint: "a#0" },
      { atNs: 4, run: "a#0" },
    ];
    expect(ends(world([task("a", [20], [50])]), planned(steps))).toEqual([[29, "a#0"]]);
  });

  test("when they have just arrived finds them there", () => {
    const steps: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 5, checkpoint: "a#0" },
      { atNs: 5, run: "a#0" },
    ];
    expect(ends(world([task("a", [20], [50])]), planned(steps))).toEqual([[25, "a#0"]]);
  });

  test("in the work behind the load finds them there, and loads nothing for the rest", () => {
    const steps: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 15, checkpoint: "a#0" },
      { atNs: 15, run: "a#0" },
    ];
    expect(loads(world([task("a", [20], [50])]), planned(steps))).toEqual([
      [0, "a", 0, 5],
      [15, "a", 0, undefined],
    ]);
  });

  test("in work under which the load still goes on loads them again", () => {
    // 20 ns of work under 8 of load; stopped after 4: the load starts anew, under the 16 ns that are left.
    const steps: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 4, checkpoint: "a#0" },
      { atNs: 4, run: "a#0" },
    ];
    const overlapping = world([task("a", [20], [80])], { overlap: "on" });
    expect(loads(overlapping, planned(steps))).toEqual([
      [0, "a", 0, 8],
      [4, "a", 0, 8],
    ]);
    expect(ends(overlapping, planned(steps))).toEqual([[20, "a#0"]]);
  });

  test("by a drain loads and runs the layer", () => {
    const steps: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 2, drain: "a#0" },
      { atNs: 25, run: "a#0" },
    ];
    expect(loads(world([task("a", [20, 10], [50, 10])]), planned(steps))).toEqual([
      [0, "a", 0, 5],
      [25, "a", 1, 1],
    ]);
  });
});

describe("on an accelerator with units", () => {
  const side = (tasks: readonly SmallTask[]) => world(tasks, {}, { units: [2] });
  const both: Step[] = [
    { atNs: 0, run: "a#0", units: 1 },
    { atNs: 0, run: "b#0", units: 1 },
  ];
  test("jobs share the memory, and what runs stays", () => {
    // c, 30 bytes, needs room: a, the older one, runs; so b has to go, which is done.
    const three = side([
      task("a", [50], [40], { atNs: [0, 200] }),
      task("b", [5], [40], { atNs: [0, 300] }),
      task("c", [5], [30], { atNs: [20] }),
    ]);
    const steps: Step[] = [
      ...both,
      { atNs: 20, run: "c#0", units: 1 },
      { atNs: 200, run: "a#1" },
      { atNs: 300, run: "b#1" },
    ];
    const found = loads(three, planned(steps)).map(([startNs, id, , ns]) => [startNs, id, ns]);
    expect(found).toEqual([
      [0, "b", 4],
      [20, "c", 3],
      [0, "a", 4],
      [200, "a", undefined],
      [300, "b", 4],
    ]);
  });

  test("weights that find no room beside what runs are used and not kept", () => {
    // Half of the units take twice the time: a runs until 106. b loads its own beside it, and has to again.
    const later = side([task("a", [50], [60]), task("b", [5], [60], { atNs: [0, 110] })]);
    const steps: Step[] = [...both, { atNs: 110, run: "b#1" }];
    expect(loads(later, planned(steps)).map(([startNs, id, , ns]) => [startNs, id, ns])).toEqual([
      [0, "b", 6],
      [0, "a", 6],
      [110, "b", 6],
    ]);
    expect(run(later, planned(steps)).totals.weights).toEqual([{ loads: 3, waitNs: 6 + 6 + 12, bytes: 180, pj: 360 }]);
  });

  test("a second job of a model loads what is still on its way, and not what has arrived", () => {
    const twins = side([task("a", [50], [40], { atNs: [0, 3, 4] })]);
    const steps = (atNs: number, job: number): Step[] => [
      { atNs: 0, run: "a#0", units: 1 },
      { atNs, run: `a#${job}`, units: 1 },
    ];
    const more = (atNs: number, job: number): Step[] => [...steps(atNs, job), { atNs: 110, run: `a#${3 - job}` }];
    expect(loads(twins, planned(more(3, 1))).map(([startNs, , , ns]) => [startNs, ns])).toEqual([
      [0, 4],
      [3, 4],
      [110, undefined],
    ]);
    expect(loads(twins, planned(more(4, 2))).map(([startNs, , , ns]) => [startNs, ns])).toEqual([
      [0, 4],
      [4, undefined],
      [110, undefined],
    ]);
  });

  test("a load that is cut short leaves that of another job alone", () => {
    const twins = side([task("a", [50], [40], { atNs: [0, 1, 200] })]);
    const steps: Step[] = [
      { atNs: 0, run: "a#0", units: 1 },
      { atNs: 1, run: "a#1", units: 1 },
      { atNs: 2, kill: "a#0" },
      { atNs: 120, run: "a#0" },
      { atNs: 200, run: "a#2" },
    ];
    const found = loads(twins, planned(steps)).map(([startNs, , , ns]) => [startNs, ns]);
    expect(found).toEqual([
      [0, 4],
      [1, 4],
      [120, undefined],
      [200, undefined],
    ]);
  });
});

describe("a policy", () => {
  test("sees what the next layer would load, where, until it is there", () => {
    const seen: unknown[] = [];
    const decide: Policy["decide"] = (view, decisions) => {
      const job = view.readyJobs.first;
      seen.push(view.accelerators.map((accelerator) => [job.switchNs(accelerator), job.switchPj(accelerator)]));
      firstComeFirst(view, decisions);
    };
    run(world([task("a", [20], [50], { atNs: [0, 30] })], {}, { accelerators: 2 }), scheduler({ decide }));
    expect(seen).toEqual([
      [
        [5, 100],
        [5, 100],
      ],
      [
        [0, 0],
        [5, 100],
      ],
    ]);
  });
});

describe("contention", () => {
  const shared = { memory: { bandwidthGBs: 10, energyPjPerByte: 0 }, system: { contention: "on" } as const };
  test("counts the bytes of loads, over the time of load and work", () => {
    // Each moves 100 bytes in 10 + 10 ns: 5 GB/s, together what the memory gives.
    const fitting = world([task("a", [10], [100]), task("b", [10], [100])], {}, { ...shared, accelerators: 2 });
    expect(ends(fitting)).toEqual([
      [20, "a#0"],
      [20, "b#0"],
    ]);
    // With 100 bytes of its own, each wants 10 GB/s: half speed.
    const own = { offChipBytes: [100] };
    const crowded = world(
      [task("a", [10], [100], own), task("b", [10], [100], own)],
      {},
      { ...shared, accelerators: 2 },
    );
    expect(ends(crowded)).toEqual([
      [40, "a#0"],
      [40, "b#0"],
    ]);
  });

  test("does not slow a job whose weights are there", () => {
    const warm = world([task("a", [10], [100], { atNs: [0, 100] })], {}, shared);
    expect(ends(warm)).toEqual([
      [20, "a#0"],
      [110, "a#1"],
    ]);
  });
});

const memories = fc.record({
  bytes: fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined }),
  bandwidthGBs: fc.constantFrom(1, 3, 7.5),
  energyPjPerByte: fc.constantFrom(0, 2.5),
  overlap: fc.constantFrom("on", "off"),
});

/** A random world whose layers have weights. */
const withWeights = (worlds: fc.Arbitrary<SmallWorld>): fc.Arbitrary<SmallWorld> =>
  fc
    .tuple(
      worlds,
      memories,
      fc.array(fc.oneof(fc.nat(60), fc.constant(0), fc.constant(12.5)), { minLength: 12, maxLength: 12 }),
      fc.record({
        overheadNs: fc.integer({ min: 0, max: 5 }),
        contention: fc.constantFrom("on", "off"),
        hasPoints: fc.boolean(),
      }),
    )
    .map(([of, { bytes, ...memory }, sizes, { overheadNs, contention, hasPoints }]) => ({
      ...of,
      tasks: of.tasks.map((each, i) => ({
        ...each,
        weightBytes: each.layersNs.map((_, layer) => sizes[(3 * i + layer) % sizes.length]!),
        offChipBytes: each.layersNs.map((_, layer) => 30 * (layer % 2)),
      })),
      accelerator: {
        weights: { ...(bytes !== undefined && { bytes }), ...memory } as WeightMemory,
        ...(hasPoints && { operatingPoints: [{ name: "fast", speed: 1.7, energyFactor: 1.4 }] }),
      },
      system: { decisionOverheadNs: overheadNs, contention: contention as "on" | "off" },
    }));

test("every rule of the audit holds with weight memories, whatever a policy decides", () => {
  const property = fc.property(withWeights(randomWorld), fc.integer(), (of, salt) => {
    expect(auditOf(of, salt)).toEqual([]);
  });
  fc.assert(property, propertyRuns(400));
});

test("every rule of the audit holds with weight memories where jobs skip, exit, loop and change variants", () => {
  const property = fc.property(withWeights(randomDynamicWorld), fc.integer(), (of, salt) => {
    expect(auditOf(of, salt)).toEqual([]);
  });
  fc.assert(property, propertyRuns(300));
});

test("every rule of the audit holds with weight memories where jobs differ in work", () => {
  const property = fc.property(withWeights(randomScaledWorld), fc.integer(), (of, salt) => {
    expect(auditOf(of, salt)).toEqual([]);
  });
  fc.assert(property, propertyRuns(200));
});

test("a load goes on under the work of its own job, as a policy sees it", () => {
  const release = { kind: "trace", releases: [{ releaseNs: 0, scale: 2 }] } as const;
  // 40 ns of work hide 40 of the 100 ns of the load; 20 would hide 20.
  const seen: number[] = [];
  const look = scheduler({
    decide(view, decisions) {
      seen.push(view.readyJobs.first.switchNs(view.accelerators[0]!));
      firstComeFirst(view, decisions);
    },
  });
  const slow = world([task("a", [20], [50], { release })], { bandwidthGBs: 0.5, overlap: "on" });
  expect([ends(slow, look), seen]).toEqual([[[100, "a#0"]], [60]]);
});

test("every rule of the audit holds with weight memories where times vary", () => {
  const property = fc.property(
    withWeights(withSpreads(fc.oneof(randomWorld, randomScaledWorld))),
    fc.integer(),
    (of, salt) => {
      expect(auditOf(of, salt)).toEqual([]);
    },
  );
  fc.assert(property, propertyRuns(300));
});

function auditOf(of: SmallWorld, salt: number): readonly string[] {
  const { scenario, system, costTable } = smallScenario(of);
  const program = compile(scenario, system, costTable);
  const seed = of.seed ?? 1;
  const { values } = resolveParameters(chaos, { salt });
  const audit = createAudit(program, { seed, lateDrop: true });
  return audit.finish(simulate(program, chaos, values, { seed, observer: audit.observer }));
}

test("weights without a memory for them, and a memory whose loads take nothing, change nothing that happens", () => {
  const property = fc.property(withWeights(randomDynamicWorld), fc.integer(), (of, salt) => {
    const { weights: memory, ...plain } = of.accelerator!;
    const free = { ...memory!, bandwidthGBs: 1e9, energyPjPerByte: 0 };
    const bare = { ...of, tasks: of.tasks.map(({ weightBytes: _, ...each }) => each), accelerator: plain };
    // Contention sees the bytes of loads, however fast they are.
    const alone = { decisionOverheadNs: of.system!.decisionOverheadNs! };
    const happened = (each: SmallWorld) =>
      run(each, chaos, { salt }).segments.map(({ load: _, ...segment }) => segment);
    expect(happened({ ...of, accelerator: plain })).toEqual(happened(bare));
    expect(happened({ ...of, system: alone, accelerator: { ...plain, weights: free } })).toEqual(
      happened({ ...bare, system: alone }),
    );
  });
  fc.assert(property, propertyRuns(100));
});

test("a memory that holds everything only ever delays the first use of each layer", () => {
  const property = fc.property(withWeights(randomWorld), fc.integer(), (of, salt) => {
    const roomy = { ...of, accelerator: { ...of.accelerator, weights: { ...weights, bytes: 1e6 } } };
    const { segments } = run(roomy, chaos, { salt });
    const complete = segments.filter(({ load, end }) => load !== undefined && end === "completed");
    const keys = complete.map(({ acceleratorIndex, taskIndex, variantIndex, layerIndex, lane }) =>
      [acceleratorIndex, lane, taskIndex, variantIndex, layerIndex].join(),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
  fc.assert(property, propertyRuns(100));
});
