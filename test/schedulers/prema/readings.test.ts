/** What each point of a reading of PREMA changes, and which readings have names; in worlds small enough to follow. */
import { describe, expect, test } from "vitest";
import type { ParameterValues, ReadyJob, RunningJob, Scheduler } from "../../../src/core/scheduler.ts";
import { npPrema, prema } from "../../../src/schedulers/prema/prema.ts";
import { type Reading, readings } from "../../../src/schedulers/prema/readings.ts";
import { npToken, token } from "../../../src/schedulers/prema/token.ts";
import { TokenLedger } from "../../../src/schedulers/prema/token-ledger.ts";
import { levelsOf } from "../../../src/schedulers/prema/token-policy.ts";
import { run, type SmallWorld, starts } from "../../worlds.ts";
import { premaBy } from "./prema-by.ts";

const MS = 1e6;
const order = (world: SmallWorld, scheduler: Scheduler, given: ParameterValues = {}) =>
  run(world, scheduler, given).starts.map(([, task]) => task);
describe("tokens of a job of priority 3 and 100 ns, released at 0, run from 100 to 160,", () => {
  const at = (lastRanNs: number) => ({ slot: 0, priority: 3, isolatedNs: 100, lastRanNs }) as RunningJob & ReadyJob;
  /** At events at 0, 50, 100 (dispatch), 130 (while it runs) and 200. */
  const history = (reading: Pick<Reading, "wait" | "runningTokens">) => {
    const ledger = new TokenLedger(reading);
    const tokenAt = (nowNs: number, lastRanNs: number) => {
      ledger.beginEvent(nowNs);
      return ledger.token(at(lastRanNs));
    };
    ledger.released(at(0), 0);
    const waiting = [tokenAt(0, 0), tokenAt(50, 0), tokenAt(100, 0)];
    ledger.dispatched(at(0));
    ledger.beginEvent(130);
    const running = ledger.runningToken(at(0));
    return [...waiting, running, tokenAt(200, 160)].map((value) => Math.round(value * 1e9) / 1e9);
  };
  test.each([
    // 3 x (1 + 140 / 100) in the end.
    ["since-last", "keep", [3, 4.5, 6, 6, 7.2]],
    ["since-last", "update", [3, 4.5, 6, 6, 7.2]],
    // 3 x (50, 100 and 140) / 100 are added.
    ["total", "keep", [3, 4.5, 7.5, 7.5, 11.7]],
    // And 3 x 100 / 100 while it runs.
    ["total", "update", [3, 4.5, 7.5, 10.5, 14.7]],
    // 3 x (50, 100 and 40) / 100.
    ["since-run", "keep", [3, 4.5, 7.5, 7.5, 8.7]],
    ["since-run", "update", [3, 4.5, 7.5, 7.5, 8.7]],
  ] as const)("with wait=%s, runningTokens=%s", (wait, runningTokens, tokens) => {
    expect(history({ wait, runningTokens })).toEqual(tokens);
  });
  test("grow once an event, however often they are read", () => {
    const ledger = new TokenLedger({ wait: "total", runningTokens: "keep" });
    ledger.released(at(0), 0);
    ledger.beginEvent(0);
    ledger.token(at(0));
    for (let i = 0; i < 3; i++) {
      ledger.beginEvent(50);
      expect(ledger.token(at(0))).toBe(4.5);
    }
  });
});

describe("wait", () => {
  /** Period ends at 0.1 + k / 4 ms: low waits 0.2, 0.45, 0.7, 0.95 ms, and needs 3 tokens to pass. */
  const world: SmallWorld = {
    tasks: [
      { id: "high", layersNs: [20 * MS], atNs: [0.1 * MS], priority: 3 },
      { id: "low", layersNs: [1 * MS], atNs: [0.15 * MS], priority: 1 },
    ],
  };
  test.each([
    ["since-last", 2.35],
    // 1 + 0.2 + 0.45 + 0.7 + 0.95 = 3.3.
    ["total", 1.1],
    ["since-run", 1.1],
  ] as const)("%s sets how fast tokens grow", (wait, startMs) => {
    expect(run(world, premaBy({ wait })).starts[1]).toEqual([startMs * MS, "low", 0]);
  });

  /** r waits 10, runs 2, waits 4: at 16 it has 2.5 tokens and 14 / 10 more, or 4 / 10. */
  const stopped: SmallWorld = {
    tasks: [
      { id: "z", layersNs: [10], priority: 9 },
      { id: "r", layersNs: [10], priority: 1 },
      { id: "c", layersNs: [4], atNs: [12], priority: 3 },
      { id: "d", layersNs: [20], atNs: [16], priority: 3 },
    ],
  };
  // Events at 0, 5 and 10: r gains 0.5 and 1.
  const given = { mechanism: "checkpoint", periodMs: 0.000005 };
  test("total counts the wait before the job ran, since-run does not", () => {
    expect(order(stopped, premaBy({ wait: "total" }), given)).toEqual(["z", "r", "c", "r", "d"]);
    // At 21, when d's period ends, r has 3.8 and is shorter.
    expect(order(stopped, premaBy({ wait: "since-run" }), given)).toEqual(["z", "r", "c", "d", "r", "d"]);
  });
  test("with runningTokens=update the wait that a running job had defends it", () => {
    // At 12 r has 2.5 tokens, or 3.5; it is shorter than the one that comes.
    const comes: SmallWorld = {
      tasks: [...stopped.tasks.slice(0, 2), { id: "c", layersNs: [20], atNs: [12], priority: 3 }],
    };
    expect(starts(comes, premaBy({ wait: "total" }), given)[2]).toEqual([12, "c"]);
    const updated = premaBy({ wait: "total", runningTokens: "update" });
    expect(starts(comes, updated, given)[2]).toEqual([20, "c"]);
  });
});

describe("comparison", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "long", layersNs: [30], priority: 3 },
      { id: "short", layersNs: [10], priority: 3 },
      { id: "low", layersNs: [5], atNs: [0], priority: 1 },
    ],
  };
  test("at-least takes tokens that are the threshold", () => {
    // At 10: low 1 + 10 / 5 = 3 too; it is shorter.
    expect(order(world, npPrema)).toEqual(["short", "low", "long"]);
  });
  test("above does not: where no token is above it, the oldest job goes", () => {
    // At 30: short 3 + 9, low 1 + 6: threshold 9, one candidate.
    expect(order(world, premaBy({ comparison: "above" }), { mechanism: "none" })).toEqual(["long", "short", "low"]);
  });
  test("above stops nobody for a job that is only the oldest", () => {
    const equal: SmallWorld = {
      tasks: [
        { id: "run", layersNs: [90], priority: 3 },
        { id: "come", layersNs: [5], atNs: [10], priority: 3 },
      ],
    };
    expect(starts(equal, premaBy({ comparison: "at-least" }))[1]).toEqual([10, "come"]);
    expect(starts(equal, premaBy({ comparison: "above" }))[1]).toEqual([90, "come"]);
  });
});

test("freshTokens=ignored lets a job that has just come pass the threshold, but not raise it", () => {
  // At 10: old 1 + 10 / 20, fresh 9.
  const world: SmallWorld = {
    tasks: [
      { id: "first", layersNs: [10], priority: 9 },
      { id: "old", layersNs: [20], priority: 1 },
      { id: "fresh", layersNs: [50], atNs: [5], priority: 9 },
    ],
  };
  const given = { mechanism: "none" };
  expect(order(world, premaBy({ freshTokens: "counted" }), given)).toEqual(["first", "fresh", "old"]);
  expect(order(world, premaBy({ freshTokens: "ignored" }), given)).toEqual(["first", "old", "fresh"]);
});

test("estimate is what remains of a job, or the whole job", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [20, 20] },
      { id: "b", layersNs: [30], atNs: [1] },
    ],
  };
  expect(order(world, npPrema, { granularity: "layer" })).toEqual(["a", "a", "b"]);
  const whole = premaBy({ estimate: "whole" });
  expect(order(world, whole, { granularity: "layer", mechanism: "none" })).toEqual(["a", "b", "a"]);
  // In the middle of a layer too: at 15 a has 25 ns left.
  const later: SmallWorld = { tasks: [world.tasks[0]!, { ...world.tasks[1]!, atNs: [15] }] };
  expect(order(later, whole, { mechanism: "checkpoint" })).toEqual(["a", "b", "a", "a"]);
  expect(order(later, premaBy({ estimate: "remaining" }), { mechanism: "checkpoint" })).toEqual(["a", "a", "b"]);
});

describe("a named reading", () => {
  /** Decides at each point of a reading but the timer's, which the next test has. */
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [20, 20], priority: 3 },
      { id: "b", layersNs: [30], atNs: [1], priority: 3 },
      { id: "c", layersNs: [20, 5], atNs: [2, 30], priority: 1 },
      { id: "d", layersNs: [50], atNs: [15, 60], priority: 9 },
      { id: "e", layersNs: [9, 9, 9], atNs: [16, 70], priority: 1 },
    ],
  };
  const given = { mechanism: "checkpoint", periodMs: 0.000007 };
  test.each(Object.entries(readings))("%s is what it is made of, for prema and np-prema", (name, reading) => {
    const byName = { reading: name };
    for (const granularity of ["model", "layer"]) {
      expect(starts(world, prema, { ...given, granularity, ...byName })).toEqual(
        starts(world, premaBy(reading), { ...given, granularity }),
      );
      expect(starts(world, npPrema, { granularity, ...byName })).toEqual(
        starts(world, premaBy(reading), { granularity, mechanism: "none" }),
      );
    }
  });
  test("changes one point of ours at a time, but for a peer's", () => {
    const changed = Object.entries(readings).map(([name, reading]) => [
      name,
      ...Object.entries(reading).flatMap(([point, how]) =>
        readings.paper[point as keyof Reading] === how ? [] : [`${point}=${how}`],
      ),
    ]);
    expect(changed).toEqual([
      ["paper"],
      ["dysta", "wait=since-run", "freshTokens=ignored"],
      ["total-wait", "wait=total"],
      ["total-wait-running", "wait=total", "runningTokens=update"],
      ["whole-estimate", "estimate=whole"],
      ["strict-threshold", "comparison=above"],
      ["fresh-ignored", "freshTokens=ignored"],
      ["free-timer", "timer=free"],
    ]);
  });
  test("is taken by token too", () => {
    const strict = { reading: "strict-threshold", mechanism: "none" };
    const equal: SmallWorld = {
      tasks: [
        { id: "low", layersNs: [9], priority: 1 },
        { id: "high", layersNs: [9], priority: 3 },
      ],
    };
    expect(order(equal, token, { mechanism: "none" })).toEqual(["high", "low"]);
    expect(order(equal, token, strict)).toEqual(["low", "high"]);
  });
});

describe("levels", () => {
  // At 20: b 1 + 15 / 10 = 2.5, c 1 + 1 / 5 = 1.2.
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [20] },
      { id: "b", layersNs: [10], atNs: [5] },
      { id: "c", layersNs: [5], atNs: [19] },
    ],
  };
  test("say where the threshold can be", () => {
    expect(order(world, npPrema)).toEqual(["a", "c", "b"]);
    expect(order(world, npPrema, { levels: "1,2,9" })).toEqual(["a", "b", "c"]);
  });
  test("let every job pass that has fewer tokens than the lowest", () => {
    expect(order(world, npPrema, { levels: "3" })).toEqual(["a", "c", "b"]);
  });
  test("are rising numbers", () => {
    expect(levelsOf("1, 3,9.5")).toEqual([1, 3, 9.5]);
    for (const levels of ["", "3,1", "1,1", "1,,3", "a", "1;3"]) {
      expect(() => run(world, prema, { levels })).toThrow(
        `create threw RangeError: levels must be rising numbers separated by commas, got "${levels}"`,
      );
    }
  });
});

describe("token", () => {
  test("runs candidates in order of arrival, the predictor's only part being the growth of tokens", () => {
    // At 20: long 1 + 19 / 30, short 1 + 18 / 10 = 2.8: one level.
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [20] },
        { id: "long", layersNs: [30], atNs: [1] },
        { id: "short", layersNs: [10], atNs: [2] },
      ],
    };
    expect(order(world, npToken)).toEqual(["a", "long", "short"]);
    expect(order(world, npPrema)).toEqual(["a", "short", "long"]);
  });
  test("stops a running job of its level only for one that came before it", () => {
    // first is stopped at 10; at 14 it has 3 (1 + 4 / 12) = 4 tokens, and third 3.
    const world: SmallWorld = {
      tasks: [
        { id: "first", layersNs: [12], priority: 3 },
        { id: "second", layersNs: [4], atNs: [10], priority: 9 },
        { id: "third", layersNs: [1], atNs: [13], priority: 3 },
      ],
    };
    expect(starts(world, token, { mechanism: "checkpoint" })).toEqual([
      [0, "first"],
      [10, "second"],
      [14, "first"],
      [16, "third"],
    ]);
  });
});
