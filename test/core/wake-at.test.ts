/** When a policy that asks to be woken is called. */
import { describe, expect, test } from "vitest";
import type { Policy } from "../../src/core/scheduler.ts";
import { run, type SmallWorld } from "../worlds.ts";
import { firstComeFirst, scheduler } from "./planned.ts";

describe("wakeAt", () => {
  const calls = (policy: Partial<Policy>, of: SmallWorld): number[] => {
    const times: number[] = [];
    const { preempt, decide = firstComeFirst } = policy;
    const spy: Partial<Policy> = {
      preempt(view, decisions) {
        times.push(view.nowNs);
        preempt?.(view, decisions);
      },
      decide,
    };
    run(of, scheduler(spy));
    return times;
  };
  const one: SmallWorld = { tasks: [{ id: "a", layersNs: [100] }] };

  test("calls preempt at that time, in the middle of a layer", () => {
    const decide: Policy["decide"] = (view, decisions) => {
      firstComeFirst(view, decisions);
      decisions.wakeAt(30);
    };
    expect(calls({ decide }, one)).toEqual([30]);
  });
  test("asked for again at each call is a period", () => {
    const decide: Policy["decide"] = (view, decisions) => {
      firstComeFirst(view, decisions);
      decisions.wakeAt(view.nowNs + 25);
    };
    const again: Policy["preempt"] = (view, decisions) => decisions.wakeAt(view.nowNs + 25);
    expect(calls({ decide, preempt: again }, one)).toEqual([25, 50, 75]);
  });
  test("is replaced by a later request and kept by calls that ask for nothing", () => {
    const two: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [100], atNs: [0] },
        { id: "b", layersNs: [1], atNs: [10] },
      ],
    };
    const decide: Policy["decide"] = (view, decisions) => {
      firstComeFirst(view, decisions);
      if (view.nowNs > 0) return;
      decisions.wakeAt(90);
      decisions.wakeAt(40);
    };
    expect(calls({ decide }, two)).toEqual([10, 40]);
  });
  test("of a broken ns is the next whole one", () => {
    const decide: Policy["decide"] = (view, decisions) => {
      firstComeFirst(view, decisions);
      decisions.wakeAt(view.nowNs + 0.25);
    };
    expect(calls({ decide }, one)).toEqual([1]);
  });
  test("after the last job has ended does not lengthen the run", () => {
    const decide: Policy["decide"] = (view, decisions) => {
      firstComeFirst(view, decisions);
      decisions.wakeAt(5000);
    };
    expect(run(one, scheduler({ decide })).totals.endNs).toBe(100);
  });
});
