/** Weights in the memory of an accelerator in any run, and beside what else a system has. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/core/program.ts";
import type { Policy } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import type { WeightMemory } from "../../src/core/system.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { propertyRuns } from "../property-runs.ts";
import { run, type SmallWorld, smallScenario } from "../worlds.ts";
import { chaos } from "./chaos.ts";
import { endsOf, firstComeFirst, scheduler } from "./planned.ts";
import { withSpreads } from "./random-spreads.ts";
import { randomDynamicWorld, randomScaledWorld, randomWorld } from "./random-worlds.ts";
import { task, weights, world } from "./weighted.ts";

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
    expect(endsOf(fitting)).toEqual([
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
    expect(endsOf(crowded)).toEqual([
      [40, "a#0"],
      [40, "b#0"],
    ]);
  });

  test("does not slow a job whose weights are there", () => {
    const warm = world([task("a", [10], [100], { atNs: [0, 100] })], {}, shared);
    expect(endsOf(warm)).toEqual([
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
  expect([endsOf(slow, look), seen]).toEqual([[[100, "a#0"]], [60]]);
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
