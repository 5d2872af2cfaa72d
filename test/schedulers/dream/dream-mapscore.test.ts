/** MapScore, decision by decision. By default energy is 1 pJ a ns, so that energy preference = latency preference. */
import { describe, expect, test } from "vitest";
import { dreamMapscore } from "../../../src/schedulers/dream/dream-mapscore.ts";
import { run, type SmallWorld } from "../../worlds.ts";
import { explained } from "../explained.ts";
import { threeJobs } from "./three-jobs.ts";

const starts = (world: SmallWorld, given = {}) => run(world, dreamMapscore, given).starts;

test("the best pair of job and accelerator runs its next layer, until nothing is left to pair", () => {
  expect(starts(threeJobs)).toEqual([
    // x: 55 / 200 x (4, 1.33) + (4, 1.33) = 5.1, 1.7; y: 45 / 60 x (1.5, 3) + (1.5, 3) = 2.6, 5.25.
    // y on a1, then x on a0.
    [0, "x", 0],
    [0, "y", 1],
    // x: 35 / 190 x 2 + 2 = 2.37, on a1 less 20 pJ / 20 pJ = 1.37; y: 30 / 50 x 2 + 2 = 3.2 on a1, on a0 less 30 / 30 = 2.2;
    // z: 40 / 95 x 2 + 5 / 40 + 2 = 2.97 on both. y on a1, then z on a0.
    [10, "z", 0],
    [10, "y", 1],
    // x alone, on a1 alone; moving takes 20 ns.
    [40, "x", 1],
    // 15 / 120 x (3, 1.5) + (3, 1.5), less 20 pJ / 10 pJ on a0 = 1.375, 1.69: stays on a1, though a0 is twice as fast.
    [80, "x", 1],
  ]);
});

test("says of every pair what its score is made of, the chosen one first", () => {
  const all = explained(threeJobs, dreamMapscore, { beta: 0.5 });
  const terms = (
    urgency: number,
    latencyPreference: number,
    starvation: number,
    energyPreference: number,
  ): Readonly<Record<string, number>> => ({ urgency, latencyPreference, starvation, energyPreference });
  // The comments above, in full: y 30 / 50, x 35 / 190, z 40 / 95, which waits 5 of 40 ns. Half the energy counts.
  expect(all[2]).toEqual({
    said: [10, "run y", "highest MapScore at alpha 1, beta 0.5"],
    candidates: [
      ["y on a1", 0.6 * 2 + 0.5 * 2, terms(0.6, 2, 0, 2)],
      ["x on a0", 1.36842, terms(0.184211, 2, 0, 2)],
      ["x on a1", 0.868421, terms(0.184211, 2, 0, 2 - 20 / 20)],
      ["y on a0", 1.7, terms(0.6, 2, 0, 2 - 30 / 30)],
      ["z on a0", 1.96711, terms(0.421053, 2, 0.125, 2)],
      ["z on a1", 1.96711, terms(0.421053, 2, 0.125, 2)],
    ],
  });
  // One job and one accelerator: chosen without a score, but explained by it. 35 / 160, 30 of 20 ns, 20 pJ / 20 pJ.
  expect(all[4]).toEqual({
    said: [40, "run x", "highest MapScore at alpha 1, beta 0.5"],
    candidates: [["x on a1", 0.21875 * 2 + 1.5 + 0.5, terms(0.21875, 2, 1.5, 1)]],
  });
});

describe("urgency", () => {
  const alone = { alpha: 0, beta: 0 };
  test("is what is left over the slack, both as they are now", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [20, 20], deadlineNs: 100 },
        { id: "b", layersNs: [30, 10], deadlineNs: 90 },
      ],
    };
    // 0: 40/100, 40/90. 30: 40/70, 10/60. 50: 20/50, 10/40. 70: b alone.
    expect(starts(world, alone)).toEqual([
      [0, "b", 0],
      [30, "a", 0],
      [50, "a", 0],
      [70, "b", 0],
    ]);
  });
  test("is 0 without a deadline: ties go to release, then task", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [10], atNs: [3] },
        { id: "b", layersNs: [10, 10], atNs: [0] },
        { id: "c", layersNs: [10], atNs: [3] },
      ],
    };
    expect(starts(world, alone).map(([, task]) => task)).toEqual(["b", "b", "a", "c"]);
  });

  /** At 10: a has used its slack up, 20 left; b 30 left, 25 of slack. */
  const late: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10, 20], deadlineNs: 10 },
      { id: "b", layersNs: [30], atNs: [5], deadlineNs: 30 },
    ],
  };
  test.each([
    // 20 / 1 ns against 30 / 25.
    [{}, "a"],
    // 20 / 20 against 30 / 25.
    [{ epsilonMs: 0.00002 }, "b"],
    // 1 and 1: a came first.
    [{ urgencyCap: "1" }, "a"],
    // 1.1 and 1.1.
    [{ urgencyCap: 1.1, epsilonMs: 0.00001 }, "a"],
    // 1 (20 / 20) and 1.1.
    [{ urgencyCap: 1.1, epsilonMs: 0.00002 }, "b"],
  ])("of a job without slack is as if it had epsilon: %j", (given, second) => {
    expect(starts(late, { ...alone, ...given })[1]).toEqual([10, second, 0]);
  });
  test.each(["0", "-1", "low", "", "Infinity"])("cannot be capped at '%s'", (urgencyCap) => {
    expect(() => run(late, dreamMapscore, { urgencyCap })).toThrow("create threw RangeError: urgencyCap");
  });
});

describe("starvation", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10, 10, 10] },
      { id: "b", layersNs: [20, 20] },
    ],
  };
  test("is the time since a job last ran, in its next layers", () => {
    // 10: b 10/20. 30: a 20/10. 40: b 10/20. 60: a alone.
    expect(starts(world, { alpha: 1, beta: 0 })).toEqual([
      [0, "a", 0],
      [10, "b", 0],
      [30, "a", 0],
      [40, "b", 0],
      [60, "a", 0],
    ]);
  });
  test("does not count where alpha is 0", () => {
    expect(starts(world, { alpha: 0, beta: 0 }).map(([, task]) => task)).toEqual(["a", "a", "a", "b", "b"]);
  });
  test("is measured in the mean layer over the accelerators that can run it", () => {
    // 10: b has waited 10 of 40 ns on average; c 10 of 30, as a1 cannot run it.
    const unequal: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [[10, 100]], deadlineNs: 20 },
        { id: "d", layersNs: [[100, 10]], deadlineNs: 20 },
        { id: "b", layersNs: [[30, 50]] },
        { id: "c", layersNs: [[30, Infinity]] },
      ],
      accelerators: 2,
    };
    expect(starts(unequal, { alpha: 1, beta: 0 }).slice(2)).toEqual([
      [10, "c", 0],
      [10, "b", 1],
    ]);
  });
});

describe("latency preference", () => {
  test("sends a layer where it is fastest compared with all accelerators, idle or not", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [[12, 10]], deadlineNs: 100 },
        { id: "b", layersNs: [[30, 10]], deadlineNs: 200 },
      ],
      accelerators: 2,
    };
    // a: 11/100 x (1.83, 2.2) = 0.20, 0.242; b: 20/200 x (1.33, 4) = 0.13, 0.4. b takes a1, a is left with a0.
    expect(starts(world, { alpha: 0, beta: 0 })).toEqual([
      [0, "a", 0],
      [0, "b", 1],
    ]);
  });
  test("never sends a layer to an accelerator that cannot run it, and does not count that one", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [[Infinity, 10]], atNs: [0, 0], deadlineNs: 50 },
        { id: "b", layersNs: [[10, 15]], deadlineNs: 60 },
      ],
      accelerators: 2,
    };
    // a: 10/50 x 1 = 0.2 on a1; b: 12.5/60 x (2.5, 1.67) = 0.52, 0.35. b on a0, a on a1; then a1 again, though a0 is idle.
    expect(starts(world, { alpha: 0, beta: 0 })).toEqual([
      [0, "b", 0],
      [0, "a", 1],
      [10, "a", 1],
    ]);
  });
  test("takes layers of no length and of no energy as 1 ns and 1 pJ", () => {
    const world: SmallWorld = {
      tasks: [{ id: "a", layersNs: [[0, 4]], energyPj: [[0, 0]] }],
      accelerators: 2,
    };
    expect(starts(world)).toEqual([[0, "a", 0]]);
  });
});

describe("energy preference", () => {
  // Latency 11/50 x (2.2, 1.83) = 0.484, 0.403; energy 30/20 = 1.5, 30/10 = 3.
  const world: SmallWorld = {
    tasks: [{ id: "a", layersNs: [[10, 12]], energyPj: [[20, 10]], deadlineNs: 50 }],
    accelerators: 2,
  };
  test.each([
    [0, 0],
    [0.05, 0],
    [0.06, 1],
    [1, 1],
  ])("weighs beta %d times", (beta, accelerator) => {
    expect(starts(world, { beta })).toEqual([[0, "a", accelerator]]);
  });
});

test("a job that will not be able to finish does not keep others from running", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "stuck", layersNs: [10, Infinity] },
      { id: "a", layersNs: [10], atNs: [0, 10] },
    ],
  };
  expect(() => run(world, dreamMapscore)).toThrow('waiting: job 0 of task "stuck"');
});
