/** Effects that rtmm does not have, given to the core by its user. */
import { describe, expect, test } from "vitest";
import type { MakeEffect } from "../../src/core/effects/make-effect.ts";
import type { Policy } from "../../src/core/scheduler.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { run, type SmallWorld, smallTask } from "../worlds.ts";
import { firstComeFirst, planned, scheduler } from "./planned.ts";

describe("an effect that rtmm does not have", () => {
  /** An accelerator loads the weights of a task's model when another one ran there before: 7 ns and 3 pJ. */
  const weightReload: MakeEffect = ({ program }) => {
    const loaded = program.system.accelerators.map(() => -1);
    return {
      dispatched(lane, { taskIndex }) {
        if (loaded[lane.acceleratorIndex] === taskIndex) return;
        loaded[lane.acceleratorIndex] = taskIndex;
        lane.addBefore(7, 3);
      },
    };
  };
  test("adds time and energy in front of work, beside those of the system", () => {
    const tasks = [smallTask("a", [10, 10], { atNs: [0, 1] }), smallTask("b", [10], { atNs: [2] })];
    const world: SmallWorld = { tasks, moreEffects: [weightReload], system: { decisionOverheadNs: 2 } };
    // a#0 waits 2, loads 7, runs 20; a#1 waits 2 and runs 20; b waits 2, loads 7 and runs 10.
    const { ends: all, jobs, totals } = run(world, fcfs);
    expect(all).toEqual([
      [29, "a#0", "done"],
      [51, "a#1", "done"],
      [70, "b#0", "done"],
    ]);
    expect(jobs.map(({ energyPj }) => energyPj)).toEqual([23, 20, 13]);
    expect(totals.accelerators).toEqual([{ busyNs: 70, energyPj: 56, contextSwitches: 0 }]);
  });

  /** Layers of urgent jobs run twice as fast at three times the energy; each change of the point takes 4 ns and 5 pJ. */
  const boostForUrgent: MakeEffect = ({ lanes }) => {
    const points = [
      { name: "normal", speed: 1, energyFactor: 1 },
      { name: "boost", speed: 2, energyFactor: 3 },
    ] as const;
    const at = lanes.map(() => 0);
    return {
      beginning(lane) {
        const index = lane.job!.priority > 1 ? 1 : 0;
        if (at[lane.index] !== index) lane.addBefore(4, 5);
        at[lane.index] = index;
        lane.setOperatingPoint(index, points[index]!);
      },
    };
  };
  test("chooses operating points that cost something to change", () => {
    const tasks = [
      smallTask("calm", [10, 10]),
      smallTask("urgent", [10, 10], { atNs: [1], priority: 2 }),
      smallTask("last", [10], { atNs: [2] }),
    ];
    const { ends: all, jobs } = run({ tasks, moreEffects: [boostForUrgent] }, fcfs);
    // 20 ns; 4 to change and 5 + 5; 4 to change back and 10.
    expect(all.map(([timeNs, job]) => [timeNs, job])).toEqual([
      [20, "calm#0"],
      [34, "urgent#0"],
      [48, "last#0"],
    ]);
    expect(jobs.map(({ energyPj }) => energyPj)).toEqual([20, 65, 15]);
  });

  test("is asked at every hook, in the order in which a job meets them", () => {
    const heard: (readonly [number, string])[] = [];
    const spy: MakeEffect = ({ clock }) => {
      const at = (hook: string) => () => void heard.push([clock.nowNs, hook]);
      return {
        dispatched: at("dispatched"),
        beginning: at("beginning"),
        begun: at("begun"),
        settle: at("settle"),
        stopping: at("stopping"),
        stopped: at("stopped"),
        ending: at("ending"),
        freed: at("freed"),
      };
    };
    const world: SmallWorld = { tasks: [smallTask("a", [10, 10], { tiles: [2, 1] })], moreEffects: [spy] };
    run(
      world,
      planned([
        { atNs: 0, run: "a#0" },
        { atNs: 3, checkpoint: "a#0" },
        { atNs: 5, run: "a#0" },
      ]),
    );
    expect(heard).toEqual([
      [0, "dispatched"],
      [0, "beginning"],
      [0, "begun"],
      [3, "settle"],
      [3, "stopping"],
      [5, "ending"],
      [5, "settle"],
      [5, "stopped"],
      [5, "freed"],
      [5, "dispatched"],
      [5, "beginning"],
      [5, "begun"],
      [10, "ending"],
      [10, "settle"],
      [10, "beginning"],
      [10, "begun"],
      [20, "ending"],
      [20, "settle"],
      [20, "freed"],
    ]);
  });

  test("is part of what a policy sees of a move, of the records and of the totals", () => {
    const made: MakeEffect = () => ({
      moveNs: (_job, acceleratorIndex) => 10 + acceleratorIndex,
      movePj: () => 1,
      recordOf: () => ({ overheadNs: 99 }),
      totals: () => ({ peakPowerMw: 42 }),
    });
    const seen: unknown[] = [];
    const decide: Policy["decide"] = (view, decisions) => {
      const job = view.readyJobs.first;
      seen.push(view.accelerators.map((accelerator) => [job.switchNs(accelerator), job.switchPj(accelerator)]));
      firstComeFirst(view, decisions);
    };
    const world: SmallWorld = { tasks: [smallTask("a", [10])], accelerators: 2, moreEffects: [made] };
    const { segments, totals } = run(world, scheduler({ decide }));
    expect(seen).toEqual([
      [
        [10, 1],
        [11, 1],
      ],
    ]);
    expect(segments.map(({ overheadNs }) => overheadNs)).toEqual([99]);
    expect(totals.peakPowerMw).toBe(42);
  });
});
