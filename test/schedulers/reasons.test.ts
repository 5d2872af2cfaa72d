/** Every built-in policy says why when it is asked, and decides the same when it is not. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Observer } from "../../src/core/events.ts";
import { eventKinds, listenTo, type RunEvent } from "../../src/core/events.ts";
import type { DecisionList } from "../../src/core/policy/decision-list.ts";
import { compile } from "../../src/core/program.ts";
import type { ReasonRecord } from "../../src/core/records.ts";
import type {
  Decisions,
  ParameterValue,
  ParameterValues,
  Policy,
  PreemptDecisions,
  Reason,
  Scheduler,
  SchedulerParameter,
} from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { cheapSchedulers } from "../cheap-schedulers.ts";
import { randomDynamicWorld, randomWorld } from "../core/random-worlds.ts";
import { expectSame } from "../expect-same.ts";
import { propertyRuns } from "../property-runs.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";
import { explained, type SaidCandidate } from "./explained.ts";

const anyWorld = fc.oneof(randomWorld, randomDynamicWorld);
const listening: Observer = { decisionExplained: () => undefined };

/** All that a run tells, but for the reasons. */
const others = eventKinds.filter((kind) => kind !== "decisionExplained");

function eventsOf(world: SmallWorld, scheduler: Scheduler, given: ParameterValues, observer: Observer) {
  const events: RunEvent[] = [];
  const { scenario, system, costTable } = smallScenario(world);
  const { values } = resolveParameters(scheduler, given);
  const totals = simulate(compile(scenario, system, costTable), scheduler, values, {
    seed: world.seed ?? 1,
    observer: { ...listenTo((event) => events.push(event), others), ...observer },
  });
  return { events, totals };
}

/** Parameters that lead to other decisions than the defaults. */
const parametersOf = ({ parameters }: Scheduler): fc.Arbitrary<ParameterValues> =>
  fc.record(Object.fromEntries(parameters.map((parameter) => [parameter.name, anyValue(parameter)])));

function anyValue(parameter: SchedulerParameter): fc.Arbitrary<ParameterValue> {
  if (parameter.kind === "choice") return fc.constantFrom(...parameter.choices);
  if (parameter.kind === "boolean") return fc.boolean();
  if (parameter.name === "granularity") return fc.constantFrom("layer", "model", "2");
  if (parameter.name === "periodMs") return fc.constantFrom(0.00001, 0.25);
  return fc.constant(parameter.default);
}

/** The scheduler, each call looked at when it has decided. */
function watched(scheduler: Scheduler, look: (list: DecisionList, call: "decide" | "preempt") => void): Scheduler {
  const watch = ({ preempt, ...policy }: Policy): Policy => ({
    ...policy,
    decide(view, decisions) {
      policy.decide(view, decisions);
      look(listOf(decisions), "decide");
    },
    ...(preempt !== undefined && {
      preempt(view, decisions) {
        preempt(view, decisions);
        look(listOf(decisions), "preempt");
      },
    }),
  });
  return { ...scheduler, create: (...given) => watch(scheduler.create(...given)) };
}

const listOf = (decisions: PreemptDecisions) => decisions as unknown as DecisionList;

/** The scheduler, with every reason that it gives kept. */
function heard(scheduler: Scheduler, reasons: Reason[]): Scheduler {
  const hear = ({ decide, ...policy }: Policy): Policy => ({
    ...policy,
    decide(view, decisions) {
      const own = decisions as { because: Decisions["because"] };
      own.because = (reason) => reasons.push(reason);
      decide(view, decisions);
    },
  });
  return { ...scheduler, create: (...given) => hear(scheduler.create(...given)) };
}

describe.each(cheapSchedulers.map((scheduler) => ({ name: scheduler.name, scheduler })))("$name", ({ scheduler }) => {
  const worlds = fc.tuple(anyWorld, parametersOf(scheduler));

  test("decides the same whether anybody listens or not", () => {
    const property = fc.property(worlds, ([world, given]) => {
      const alone = eventsOf(world, scheduler, given, {});
      expectSame(eventsOf(world, scheduler, given, listening), alone);
    });
    fc.assert(property, propertyRuns(40));
  });

  test("builds no reason where nobody listens: at most a ready one why it waits", () => {
    const reasons: Reason[] = [];
    const property = fc.property(worlds, ([world, given]) => {
      eventsOf(world, heard(scheduler, reasons), given, {});
    });
    fc.assert(property, propertyRuns(15));
    expect(reasons.every(({ candidates }) => candidates === undefined)).toBe(true);
    expect(new Set(reasons).size).toBeLessThanOrEqual(1);
  });

  test("says why of every decision, and why it waits; a choice comes first, with the best of all scores", () => {
    const property = fc.property(worlds, ([world, given]) => {
      const silent: string[] = [];
      const wrong: unknown[] = [];
      const look = (list: DecisionList, call: string) => {
        const explained = new Set(list.explanations.map(({ decision }) => decision));
        if (list.length === 0 && call === "decide" && !explained.has(-1)) silent.push("waits");
        for (let i = 0; i < list.length; i++) if (!explained.has(i)) silent.push(`${call} ${list.kinds[i]}`);
        for (const { decision, reason } of list.explanations) {
          if (!isBest(reason)) wrong.push(reason);
          if (list.kinds[decision] === 0 && !isChoice(list, decision, reason)) wrong.push(reason);
        }
      };
      eventsOf(world, watched(scheduler, look), given, listening);
      expect({ silent, wrong }).toEqual({ silent: [], wrong: [] });
    });
    fc.assert(property, propertyRuns(40));
  });
});

describe("a policy that is an order says its key by name:", () => {
  /** At 20 a has 10 ns left and ran last; b and c wait. */
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [20, 10], deadlineNs: 100, priority: 2 },
      { id: "b", layersNs: [30], atNs: [3], deadlineNs: 50, priority: 1 },
      { id: "c", layersNs: [5], atNs: [5], deadlineNs: 60, priority: 3 },
    ],
  };
  test.each([
    ["fcfs", "first come", "releaseNs", ["a", 0], ["b", 3], ["c", 5]],
    ["edf", "earliest deadline", "deadlineNs", ["b", 53], ["c", 65], ["a", 100]],
    // Deadline - 20 - what is left.
    ["llf", "least laxity", "laxityNs", ["b", 3], ["c", 40], ["a", 70]],
    ["sjf", "least time left", "remainingNs", ["c", 5], ["a", 10], ["b", 30]],
    ["rr", "longest without running", "lastRanNs", ["b", 3], ["c", 5], ["a", 20]],
    ["hpf", "highest priority", "priority", ["c", 3], ["a", 2], ["b", 1]],
    ["np-hpf", "highest priority", "priority", ["c", 3], ["a", 2], ["b", 1]],
  ] as const)("%s by %s", (name, rule, term, first, ...others) => {
    const scheduler = schedulers.find((each) => each.name === name)!;
    const mechanism = name === "hpf" ? { mechanism: "none" } : {};
    const second = explained(world, scheduler, { granularity: "layer", ...mechanism })[1]!;
    expect(second).toEqual({
      said: [20, `run ${first[0]}`, rule],
      candidates: [first, ...others].map(([task, key]) => [`${task} on a0`, key, { [term]: key }]),
    });
  });

  test("hpf by the priorities of the job that it stops and of the one that it stops it for", () => {
    const hpf = schedulers.find(({ name }) => name === "hpf")!;
    expect(explained(world, hpf)[1]).toEqual({
      said: [5, "preempt a", "highest priority"],
      candidates: [
        ["c", 3, { priority: 3 }],
        ["a", 2, { priority: 2 }],
      ],
    });
  });
});

describe("other policies name the terms of their choice:", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [[10, 20]], energyPj: [[9, 2]], deadlineNs: 60 },
      { id: "b", layersNs: [[30, 40]], atNs: [0], deadlineNs: 100 },
    ],
    accelerators: 2,
  };
  const first = (name: string, given: ParameterValues = {}) =>
    explained(world, schedulers.find((each) => each.name === name)!, given)[0];

  test("fcfs-static the release, of jobs whose accelerator is idle", () => {
    // b goes to a0, the heavier one; a0 with both would take 40 ns, a1 20.
    expect(first("fcfs-static")).toEqual({
      said: [0, "run a", "first come, on the accelerator of its task"],
      candidates: [
        ["a on a1", 0, { releaseNs: 0 }],
        ["b on a0", 0, { releaseNs: 0 }],
      ],
    });
  });
  test("xrbench the cost of each accelerator", () => {
    const turn = "oldest job of the model whose turn it is, at the least";
    const fast: SaidCandidate = ["a on a0", 10, { remainingNs: 10, remainingPj: 9 }];
    const slow: SaidCandidate = ["a on a1", 20, { remainingNs: 20, remainingPj: 2 }];
    expect(first("xrbench-latency")).toEqual({ said: [0, "run a", `${turn} latency`], candidates: [fast, slow] });
    expect(first("xrbench-edp")).toEqual({
      said: [0, "run a", `${turn} energy-delay product`],
      candidates: [
        [slow[0], 20 * 2, slow[2]],
        [fast[0], 10 * 9, fast[2]],
      ],
    });
  });
  test("dysta remaining time, urgency and penalty, in its unit", () => {
    // a 15 + 0.1 x 45, b 35 + 0.1 x 65: means over both accelerators, in ns; nobody has waited yet.
    expect(first("dysta", { unitMs: 0.000001, beta: 0.1 })).toEqual({
      said: [0, "run a", "least remaining + 0.1 x (urgency + penalty)"],
      candidates: [
        ["a on a0", 19.5, { remaining: 15, urgency: 45, penalty: 0 }],
        ["b on a0", 41.5, { remaining: 35, urgency: 65, penalty: 0 }],
      ],
    });
  });
  test("terastal when the layer would end where, and its virtual deadline", () => {
    const terms = { switchNs: 0, virtualDeadlineNs: 60 };
    expect(first("terastal")).toEqual({
      said: [0, "run a", "first in order; its layer ends first here, within its virtual budget"],
      candidates: [
        ["a on a0", 10, { ...terms, latencyNs: 10 }],
        ["a on a1", 20, { ...terms, latencyNs: 20 }],
      ],
    });
  });
  test("veltair the block's share of the deadline, and what it takes where", () => {
    const terms = { layers: 1, units: 1, shareNs: 60 };
    expect(first("veltair")).toEqual({
      said: [0, "run a", "least capable accelerator that is fast enough for the block's share"],
      candidates: [
        ["a on a1", 20, { ...terms, blockNs: 20 }],
        ["a on a0", 10, { ...terms, blockNs: 10 }],
      ],
    });
  });
});

function isBest({ best, candidates }: ReasonRecord): boolean {
  const scores = candidates.flatMap(({ score }) => (score === undefined ? [] : [score]));
  const chosen = candidates[0]?.score;
  if (best === undefined || chosen === undefined) return true;
  return scores.every((score) => (best === "least" ? chosen <= score : chosen >= score));
}

/** Whether the first candidate is the job that runs, on the accelerator that it runs on. */
function isChoice(list: DecisionList, decision: number, { candidates }: ReasonRecord): boolean {
  const { task, jobIndex } = list.jobs[decision]!;
  const [first] = candidates;
  return (
    first?.taskIndex === task.index &&
    first.jobIndex === jobIndex &&
    first.acceleratorIndex === list.accelerators[decision]!.index
  );
}
