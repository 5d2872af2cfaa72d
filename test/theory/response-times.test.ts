/** Periodic task sets of textbooks: worst responses, utilisation bounds and anomalies that are known. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { run } from "../../src/index.ts";
import { propertyRuns } from "../property-runs.ts";

/** [time, period, deadline (period), offset (0)], all in ms. */
type PeriodicTask = readonly [timeMs: number, periodMs: number, deadlineMs?: number, offsetMs?: number];

interface Simulation {
  readonly scheduler: string;
  readonly processors?: number;
  readonly durationMs: number;
}

/** Worst response of each task, and its late jobs. Priorities are by deadline, the shortest first. */
async function simulated(set: readonly PeriodicTask[], { scheduler, processors = 1, durationMs }: Simulation) {
  const deadlines = set.map(([, periodMs, deadlineMs = periodMs]) => deadlineMs);
  const tasks = set.map(([, periodMs, , offsetMs = 0], i) => {
    const rank = 1 + deadlines.filter((other, j) => other > deadlines[i]! || (other === deadlines[i] && j > i)).length;
    const release = `periodMs: ${periodMs}, deadlineMs: ${deadlines[i]}, offsetMs: ${offsetMs}`;
    return `  - { id: t${i}, model: { name: m${i}, layers: measured }, ${release}, priority: ${rank} }\n`;
  });
  const result = await run({
    scenario: { yaml: `name: set\ndurationMs: ${durationMs}\ntasks:\n${tasks.join("")}` },
    system: {
      yaml: `name: s\ncosts: table\ntable: t.csv\ncontextSwitch: off\naccelerators: [{ id: p, count: ${processors} }]\n`,
    },
    files: { "t.csv": `model,accelerator,latencyMs\n${set.map(([timeMs], i) => `m${i},p,${timeMs}\n`).join("")}` },
    scheduler,
    ...(scheduler === "edf" || scheduler === "llf" ? { params: { mechanism: "checkpoint", lateDrop: false } } : {}),
    audit: "on",
  });
  return { worstMs: result.tasks.map(({ maxMs }) => maxMs), late: result.tasks.map(({ late }) => Number(late)) };
}

describe("preemptive fixed priorities", () => {
  test.each<[string, readonly PeriodicTask[], number, readonly number[]]>([
    [
      "rate-monotonic, non-harmonic",
      [
        [1, 4],
        [2, 6],
        [3, 10],
      ],
      60,
      [1, 3, 10],
    ],
    [
      "Burns and Wellings, table 11.5",
      [
        [3, 7],
        [3, 12],
        [5, 20],
      ],
      420,
      [3, 6, 20],
    ],
    [
      "Burns and Wellings, a full harmonic set",
      [
        [40, 80],
        [10, 40],
        [5, 20],
      ],
      80,
      [80, 15, 5],
    ],
    [
      "deadline-monotonic with deadlines before the period",
      [
        [3, 20, 5],
        [3, 15, 7],
        [4, 10, 10],
        [3, 20, 20],
      ],
      60,
      [3, 6, 10, 20],
    ],
    [
      "unschedulable at a utilisation of 82 %",
      [
        [12, 50],
        [10, 40],
        [10, 30],
      ],
      600,
      [52, 20, 10],
    ],
  ])("have the worst responses of the textbook: %s", async (_, set, durationMs, worstMs) => {
    const result = await simulated(set, { scheduler: "hpf", durationMs });
    expect(result.worstMs).toEqual(worstMs);
    expect(result.late.map((jobs) => jobs > 0)).toEqual(
      set.map(([, period, deadline = period], i) => worstMs[i]! > deadline),
    );
  });

  test("have the worst responses of Joseph and Pandya's recurrence, whatever the set", async () => {
    await fc.assert(
      fc.asyncProperty(sets(4), async (set) => {
        const sorted = [...set].sort(([, a], [, b]) => a - b);
        const worstMs = sorted.map((_, i) => responseMs(sorted, i));
        fc.pre(worstMs.every((each, i) => each !== undefined && each <= sorted[i]![1]));
        const result = await simulated(sorted, { scheduler: "hpf", durationMs: hyperperiodMs(sorted) });
        expect(result).toEqual({ worstMs, late: sorted.map(() => 0) });
      }),
      propertyRuns(40),
    );
  });

  test("block for a lower task without preemption, and only then", async () => {
    const set: readonly PeriodicTask[] = [
      [1, 4, 4, 0.001],
      [3, 12],
    ];
    expect(await simulated(set, { scheduler: "np-hpf", durationMs: 12 })).toMatchObject({ worstMs: [3.999, 3] });
    expect(await simulated(set, { scheduler: "hpf", durationMs: 12 })).toMatchObject({ worstMs: [1, 4] });
  });
});

describe("preemptive EDF", () => {
  test("meets all deadlines of a set up to a utilisation of 1, and misses some beyond it", async () => {
    await fc.assert(
      fc.asyncProperty(sets(5), async (set) => {
        const durationMs = hyperperiodMs(set);
        const { late } = await simulated(set, { scheduler: "edf", durationMs });
        // Whole ms, so that a utilisation of 1 is exactly the hyperperiod. All deadlines are in it.
        const workMs = set.reduce((sum, [timeMs, periodMs]) => sum + (timeMs * durationMs) / periodMs, 0);
        expect(late.some((jobs) => jobs > 0)).toBe(workMs > durationMs);
      }),
      propertyRuns(40),
    );
  });

  test("meets deadlines that rate-monotonic priorities miss (Liu and Layland)", async () => {
    const set: readonly PeriodicTask[] = [
      [2, 5],
      [4, 7],
    ];
    expect((await simulated(set, { scheduler: "edf", durationMs: 35 })).late).toEqual([0, 0]);
    expect(await simulated(set, { scheduler: "hpf", durationMs: 35 })).toMatchObject({ worstMs: [2, 8], late: [0, 1] });
  });
});

describe("several processors", () => {
  /** A utilisation of 1.19 of 2: short tasks of short periods keep a long one off (Dhall and Liu, 1978). */
  const dhall: readonly PeriodicTask[] = [
    [0.1, 1],
    [0.1, 1],
    [1, 1.05],
  ];

  test.each(["hpf", "edf"])("show Dhall's effect with %s", async (scheduler) => {
    const { late } = await simulated(dhall, { scheduler, processors: 2, durationMs: 10.5 });
    expect(late.slice(0, 2)).toEqual([0, 0]);
    expect(late[2]).toBeGreaterThan(0);
  });

  test("cannot run one job at two places: three tasks of 2/3 on two of them are late under global EDF", async () => {
    const { worstMs } = await simulated(
      [
        [2, 3],
        [2, 3],
        [2, 3],
      ],
      { scheduler: "edf", processors: 2, durationMs: 3 },
    );
    expect(worstMs).toEqual([2, 2, 4]);
  });
});

/** Small periods with a small hyperperiod, so that a run of it is short. */
const sets = (most: number) =>
  fc.array(
    fc
      .constantFrom(2, 3, 4, 5, 6, 8, 10, 12, 15, 20)
      .chain((periodMs) =>
        fc
          .integer({ min: 1, max: Math.max(1, Math.floor(periodMs / 2)) })
          .map((timeMs): PeriodicTask => [timeMs, periodMs]),
      ),
    { minLength: 1, maxLength: most },
  );

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
const hyperperiodMs = (set: readonly PeriodicTask[]): number =>
  set.reduce((product, [, periodMs]) => (product * periodMs) / gcd(product, periodMs), 1);

/** The least fixed point of R = C + sum of ceil(R / T) C over the tasks before; undefined beyond the period. */
function responseMs(set: readonly PeriodicTask[], index: number): number | undefined {
  const [timeMs, periodMs] = set[index]!;
  let response = timeMs;
  for (;;) {
    const demand = set
      .slice(0, index)
      .reduce((sum, [time, period]) => sum + Math.ceil(response / period) * time, timeMs);
    if (demand === response) return response;
    if (demand > periodMs) return undefined;
    response = demand;
  }
}
