/** Weights in the memory of an accelerator where work hides their load, where it is stopped, and where jobs share units. */
import { describe, expect, test } from "vitest";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { run, type SmallTask, type SmallWorld } from "../worlds.ts";
import { endsOf, planned, type Step } from "./planned.ts";
import { loads, task, weights, world } from "./weighted.ts";

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
    expect(endsOf(fast)).toEqual([[12, "a#0"]]);
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
    expect(endsOf(world([task("a", [20], [50])]), planned(steps))).toEqual([[29, "a#0"]]);
  });

  test("when they have just arrived finds them there", () => {
    const steps: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 5, checkpoint: "a#0" },
      { atNs: 5, run: "a#0" },
    ];
    expect(endsOf(world([task("a", [20], [50])]), planned(steps))).toEqual([[25, "a#0"]]);
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
    expect(endsOf(overlapping, planned(steps))).toEqual([[20, "a#0"]]);
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
