/** Rollouts worked out by hand. Energy is 1 pJ a ns unless written; a miss costs 10 and each job its share of the worst energy. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configurationsOf, DEFAULT_CONFIGURATIONS } from "../../../src/schedulers/horizon/configuration.ts";
import { horizon } from "../../../src/schedulers/horizon/horizon.ts";
import { standing } from "../../../src/schedulers/horizon/rules.ts";
import { randomWorld } from "../../core/random-worlds.ts";
import { propertyRuns } from "../../property-runs.ts";
import { run, type SmallWorld } from "../../worlds.ts";
import { atFirstDecision, byDeadline } from "./parts.ts";

const costOf = (world: SmallWorld, horizonNs = 1000) =>
  atFirstDecision(world, { horizonNs }, ({ rollout }) => rollout.cost(byDeadline, Infinity));

describe("a rollout on two accelerators", () => {
  const world: SmallWorld = {
    accelerators: 2,
    tasks: [
      { id: "a", layersNs: [[10, 30]], deadlineNs: 100 },
      { id: "b", layersNs: [[20, 20]], deadlineNs: 25 },
      { id: "c", layersNs: [[20, 40]], deadlineNs: 30 },
    ],
  };
  test("costs what it misses and the energy that it spends", () => {
    // b on a0 to 20; c cannot be in time on a1; a on a1 to 30. At 20 c is late, and runs on a0 to 40.
    // 10 + 30 / 30 of a + 20 / 20 of b + 20 / 40 of c.
    expect(costOf(world)).toBe(12.5);
  });
  test("drops late jobs if they are not to be finished, at their worst-case energy", () => {
    const setting = { finishesLateJobs: false };
    const dropping = atFirstDecision(world, { horizonNs: 1000, setting }, ({ rollout }) =>
      rollout.cost(byDeadline, Infinity),
    );
    expect(dropping).toBe(13);
  });
  test("serves a boosted job before the others, and one that is given up after them", () => {
    const misses = (mode: -1 | 1, job: number) =>
      atFirstDecision(world, { horizonNs: 1000 }, ({ rollout, situation }) => {
        situation.mode[job] = mode;
        return [rollout.cost(byDeadline, Infinity), rollout.missedValue];
      });
    // c on a0 to 20, b on a1 to 20, and a on a0 to 30: nothing is missed. 10 / 30 + 20 / 20 + 20 / 40.
    expect(misses(standing.boosted, 2)).toEqual([10 / 30 + 1 + 0.5, 0]);
    // c on a0 to 20, a on a1 to 30; b is late, and runs on a0 to 40.
    expect(misses(standing.givenUp, 1)).toEqual([10 + 1 + 1 + 0.5, 1]);
  });
  test("stops once it is above the limit", () => {
    const cost = atFirstDecision(world, { horizonNs: 1000 }, ({ rollout }) => rollout.cost(byDeadline, 5));
    expect(cost).toBeGreaterThan(5);
    expect(cost).toBeLessThan(12.5);
  });
});

describe("a rollout with a child", () => {
  const world = (deadlineNs: number): SmallWorld => ({
    tasks: [
      { id: "a", layersNs: [10], deadlineNs },
      { id: "b", layersNs: [10], release: { kind: "after", taskIndexes: [0], probability: 0.5 }, deadlineNs: 90 },
    ],
  });
  test("counts it by its probability", () => expect(costOf(world(50))).toBe(1 + 0.5));
  test("misses it with its parent", () => expect(costOf(world(5))).toBe(10 + 5 + 1 + 0.5));
});

test("two rows of equal ratios between accelerators form a block, and others do not", () => {
  const blocksOf = (layersNs: number[][], blockNs: number) =>
    atFirstDecision(
      { accelerators: 2, tasks: [{ id: "a", layersNs, deadlineNs: 100 }] },
      { horizonNs: 10, blockNs },
      ({ work }) => work.of(0, 0).blocks,
    );
  expect(
    blocksOf(
      [
        [10, 20],
        [5, 10],
        [10, 10],
      ],
      100,
    ),
  ).toBe(2); // 1:2, 1:2 and 1:1
  expect(
    blocksOf(
      [
        [10, 20],
        [5, 10],
        [10, 10],
      ],
      12,
    ),
  ).toBe(3);
});

describe("at the horizon", () => {
  const world = (deadlineNs: number): SmallWorld => ({ tasks: [{ id: "a", layersNs: [10, 50], deadlineNs }] });
  test("a job that is due and not done is missed, and charged what is left", () => {
    // Layer 2 runs from 10 to 60; its energy is spent. The horizon is at 40.
    expect(costOf(world(40), 40)).toBe(10 + 1);
  });
  test("a job that is due later counts only if it cannot be in time any more", () => {
    expect(costOf(world(70), 40)).toBe(0);
    const pair: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [50], deadlineNs: 60 },
        { id: "b", layersNs: [30], deadlineNs: 75 },
      ],
    };
    // b waits until 50, and then needs to 80; at 40 it has 35 ns for 30 ns, so nothing is missed yet.
    expect(costOf(pair, 40)).toBe(0);
    expect(costOf(pair, 46)).toBe(10);
  });
});

test("completing within the margin of a deadline costs a rising share of a miss", () => {
  const setting = { charges: { missCost: 10, soft: 0.2, margin: 0.5 } };
  const cost = (deadlineNs: number) =>
    atFirstDecision({ tasks: [{ id: "a", layersNs: [10], deadlineNs }] }, { horizonNs: 100, setting }, ({ rollout }) =>
      rollout.cost(byDeadline, Infinity),
    );
  expect([20, 16, 10].map(cost)).toEqual([1, 1 + (2 * 2) / 8, 1 + 2]);
});

test("a job of uncertain length ends close to its deadline if only running all its layers would", () => {
  // It leaves after its first layer half the time: 25 ns are expected, and up to 15 ns more.
  const world = (deadlineNs: number): SmallWorld => ({
    tasks: [{ id: "a", layersNs: [10, 30], exits: [{ afterLayer: 0, probability: 0.5 }], deadlineNs }],
  });
  const setting = { charges: { missCost: 10, soft: 0.2, margin: 0 } };
  const cost = (deadlineNs: number) =>
    atFirstDecision(world(deadlineNs), { horizonNs: 100, setting }, ({ rollout }) => {
      rollout.cost(byDeadline, Infinity);
      return rollout.softCost;
    });
  expect([cost(40), cost(30), cost(25)]).toEqual([0, (2 * 10) / 15, 2]);
});

test("expected releases follow by the period, and count less the later they come", () => {
  const release = { kind: "periodic", fps: 1e7, offsetNs: 0, jitterNs: 0 } as const;
  const expected = atFirstDecision(
    { tasks: [{ id: "a", layersNs: [10], release, deadlineNs: 50 }], durationNs: 1000 },
    { horizonNs: 250, predicts: true },
    ({ situation }) =>
      [1, 2].map((i) => [situation.releaseNs[i], situation.dueNs[i], situation.weight[i]]).concat([[situation.length]]),
  );
  expect(expected).toEqual([[100, 150, 0.6], [200, 250, 0.2], [3]]);
});

test("a rollout misses as many jobs as a run under the same configuration: its rules are the dispatcher's", () => {
  const job = fc.record({
    layersNs: fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 2 }), {
      minLength: 1,
      maxLength: 3,
    }),
    deadlineNs: fc.integer({ min: 20, max: 120 }),
  });
  const property = fc.property(fc.array(job, { minLength: 1, maxLength: 6 }), (jobs) => {
    const world = { accelerators: 2, tasks: jobs.map((each, i) => ({ ...each, id: `t${i}` })) };
    const missed = atFirstDecision(world, { horizonNs: 1e6 }, ({ rollout }) => {
      rollout.cost(byDeadline, Infinity);
      return rollout.missedValue;
    });
    const alone = { configurations: "edf/1", jobMoves: false, urgencyMs: 1e-5, blockMs: 0 };
    const ended = run(world, horizon, alone).jobs;
    const late = ended.filter(
      ({ completionNs, deadlineNs }) => !(completionNs !== undefined && completionNs <= deadlineNs),
    );
    expect(missed).toBe(late.length);
  });
  fc.assert(property, propertyRuns(50));
});

test("a rollout costs as much each time, and never less than its misses", () => {
  const configurations = configurationsOf(DEFAULT_CONFIGURATIONS);
  const property = fc.property(randomWorld, fc.nat(configurations.length - 1), (world, k) => {
    const looked = atFirstDecision(world, { horizonNs: 1000, predicts: true }, ({ rollout }) =>
      [0, 1].map(() => ({ cost: rollout.cost(configurations[k]!, Infinity), missed: rollout.missedValue })),
    );
    expect(looked[1]).toEqual(looked[0]);
    expect(looked[0]!.cost).toBeGreaterThanOrEqual(10 * looked[0]!.missed);
  });
  fc.assert(property, propertyRuns(50));
});
