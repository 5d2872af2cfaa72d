/** Why a policy decided: told beside its decisions, to those who ask. */
import { describe, expect, test } from "vitest";
import type { DecisionExplained, Observer } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { Policy } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";
import { firstComeFirst, scheduler } from "./planned.ts";

const world: SmallWorld = {
  tasks: [
    { id: "a", layersNs: [10] },
    { id: "b", layersNs: [10], atNs: [5] },
  ],
  accelerators: 1,
};

function simulated(policy: Partial<Policy>, observer: Observer, of = world) {
  const { scenario, system, costTable } = smallScenario(of);
  return simulate(compile(scenario, system, costTable), scheduler(policy), {}, { seed: 1, observer });
}

function explained(policy: Partial<Policy>, of = world): DecisionExplained[] {
  const heard: DecisionExplained[] = [];
  simulated(policy, { decisionExplained: (each) => heard.push(each) }, of);
  return heard;
}

describe("a reason", () => {
  test("goes with the decision before it, as plain data", () => {
    const decide: Policy["decide"] = (view, decisions) => {
      const { first: job } = view.readyJobs;
      const [accelerator] = view.idleAccelerators;
      decisions.run(job, accelerator);
      const terms = { slackNs: job.deadlineNs - view.nowNs };
      decisions.because({
        rule: "first come",
        best: "least",
        candidates: [{ job, accelerator, score: job.releaseNs, terms }, { job }],
      });
      terms.slackNs = -1;
    };
    expect(explained({ decide })).toEqual([
      {
        kind: "decisionExplained",
        timeNs: 0,
        decision: "run",
        taskIndex: 0,
        jobIndex: 0,
        reason: {
          rule: "first come",
          best: "least",
          candidates: [
            { taskIndex: 0, jobIndex: 0, acceleratorIndex: 0, score: 0, terms: { slackNs: Infinity } },
            { taskIndex: 0, jobIndex: 0 },
          ],
        },
      },
      {
        kind: "decisionExplained",
        timeNs: 10,
        decision: "run",
        taskIndex: 1,
        jobIndex: 0,
        reason: {
          rule: "first come",
          best: "least",
          candidates: [
            { taskIndex: 1, jobIndex: 0, acceleratorIndex: 0, score: 5, terms: { slackNs: Infinity } },
            { taskIndex: 1, jobIndex: 0 },
          ],
        },
      },
    ]);
  });

  test("in front of all decisions says why the policy waits", () => {
    const decide: Policy["decide"] = (view, decisions) => {
      if (view.nowNs >= 5) return firstComeFirst(view, decisions);
      decisions.because({ rule: "not before 5 ns" });
    };
    expect(explained({ decide })).toEqual([
      { kind: "decisionExplained", timeNs: 0, decision: "wait", reason: { rule: "not before 5 ns", candidates: [] } },
    ]);
  });

  test("is kept apart for each of several decisions in a call, of every kind", () => {
    const two: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [10, 10], lighterNs: [[5, 5]] },
        { id: "b", layersNs: [10] },
      ],
    };
    const policy: Partial<Policy> = {
      decide(view, decisions) {
        if (view.readyJobs.length < 2) return firstComeFirst(view, decisions);
        const [a, b] = view.readyJobs;
        decisions.drop(b!);
        decisions.because({ rule: "too much" });
        decisions.because({ rule: "of it" });
        decisions.chooseVariant(a!, 1);
        decisions.because({ rule: "lighter" });
        decisions.wakeAt(2);
      },
      preempt(view, decisions) {
        if (view.nowNs !== 2) return;
        decisions.preempt(view.runningJobs[0]!, "kill");
        decisions.because({ rule: "so there" });
      },
    };
    const heard = explained(policy, two);
    expect(heard.map(({ timeNs, decision, taskIndex, reason }) => [timeNs, decision, taskIndex, reason.rule])).toEqual([
      [0, "drop", 1, "too much"],
      [0, "drop", 1, "of it"],
      [0, "chooseVariant", 0, "lighter"],
      [2, "preempt", 0, "so there"],
    ]);
  });
});

test("a policy is asked to explain only where somebody listens", () => {
  const asked: boolean[] = [];
  const decide: Policy["decide"] = (view, decisions) => {
    asked.push(decisions.explains);
    firstComeFirst(view, decisions);
    decisions.because({ rule: "never kept" });
  };
  simulated({ decide }, { jobCompleted: () => undefined });
  expect(asked).toEqual([false, false]);
  simulated({ decide }, { decisionExplained: () => undefined });
  expect(asked).toEqual([false, false, true, true]);
});
