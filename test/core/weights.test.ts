/** Weights in the memory of an accelerator: when they are loaded, and what goes to make room. */
import { describe, expect, test } from "vitest";
import { compile } from "../../src/core/program.ts";
import { simulate } from "../../src/core/simulate.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { run, smallScenario } from "../worlds.ts";
import { endsOf, planned, type Step } from "./planned.ts";
import { loads, task, weights, world } from "./weighted.ts";

describe("weights", () => {
  test("are loaded before the first job of a model, and are there for its next", () => {
    const one = world([task("a", [20], [50], { atNs: [0, 0] })]);
    // 50 bytes: 5 ns and 100 pJ; the layer takes 20 ns and 20 pJ.
    const { ends: all, jobs, totals } = run(one, fcfs);
    expect(all.map(([timeNs]) => timeNs)).toEqual([25, 45]);
    expect(jobs.map(({ energyPj, weights: of }) => [energyPj, of])).toEqual([
      [120, { loads: 1, waitNs: 5 }],
      [20, { loads: 0, waitNs: 0 }],
    ]);
    expect(totals.weights).toEqual([{ loads: 1, waitNs: 5, bytes: 50, pj: 100 }]);
    expect(totals.accelerators).toEqual([{ busyNs: 45, energyPj: 140, contextSwitches: 0 }]);
  });

  test("of models that fit together are loaded once each", () => {
    const both = world([task("a", [20], [50], { atNs: [0, 2] }), task("b", [20], [50], { atNs: [1, 3] })]);
    expect(endsOf(both)).toEqual([
      [25, "a#0"],
      [50, "b#0"],
      [70, "a#1"],
      [90, "b#1"],
    ]);
  });

  test("of models that do not fit together are loaded again at every change", () => {
    const both = world([task("a", [20], [50], { atNs: [0, 2] }), task("b", [20], [60], { atNs: [1, 3] })]);
    expect(endsOf(both)).toEqual([
      [25, "a#0"],
      [51, "b#0"],
      [76, "a#1"],
      [102, "b#1"],
    ]);
  });

  test("are loaded layer by layer, each before the layer that uses them", () => {
    const two = world([task("a", [20, 30, 10], [50, 0, 40], { atNs: [0, 0] })]);
    expect(loads(two)).toEqual([
      [0, "a", 0, 5],
      [25, "a", 1, undefined],
      [55, "a", 2, 4],
      [69, "a", 0, undefined],
      [89, "a", 1, undefined],
      [119, "a", 2, undefined],
    ]);
  });

  test("make room by models: the one goes whose last layer began longest ago", () => {
    // 40 + 40 + 40 do not fit. c evicts a; a, back at its turn, evicts b; b is then loaded again, c is not.
    const three = world([
      task("a", [10], [40], { atNs: [0, 3] }),
      task("b", [10], [40], { atNs: [1, 5] }),
      task("c", [10], [40], { atNs: [2, 4] }),
    ]);
    expect(loads(three).map(([, id, , ns]) => [id, ns])).toEqual([
      ["a", 4],
      ["b", 4],
      ["c", 4],
      ["a", 4],
      ["c", undefined],
      ["b", 4],
    ]);
  });

  test("make room by the order of models where two were used at the same time", () => {
    // Layers of no length: b and a both began at 9. c needs the room of one: b goes, which is first in the scenario.
    const tied = world(
      [
        task("b", [0], [40], { atNs: [0, 9, 60] }),
        task("a", [0], [40], { atNs: [0, 9, 50] }),
        task("c", [1], [40], { atNs: [40] }),
      ],
      { bandwidthGBs: 1e9 },
    );
    expect(loads(tied).map(([startNs, id, , ns]) => [startNs, id, ns])).toEqual([
      [0, "b", 0],
      [0, "a", 0],
      [9, "b", undefined],
      [9, "a", undefined],
      [40, "c", 0],
      [50, "a", undefined],
      [60, "b", 0],
    ]);
  });

  test("of a model larger than the memory come and go by layer, and a loop over it finds none", () => {
    // 60 + 30 + 30 in 100: when the third comes, the first goes; back at the first, the second goes, and so on.
    const large = world([task("a", [10, 10, 10], [60, 30, 30], { atNs: [0, 0] })]);
    expect(loads(large).map(([, , layer, ns]) => [layer, ns])).toEqual([
      [0, 6],
      [1, 3],
      [2, 3],
      [0, 6],
      [1, 3],
      [2, 3],
    ]);
  });

  test("of a layer larger than the memory pass through, and evict nothing", () => {
    const passing = world([task("a", [10], [90], { atNs: [0, 2] }), task("b", [10, 10], [200, 10], { atNs: [1] })]);
    // b's small layer is a set of its own: it fits beside a.
    expect(loads(passing)).toEqual([
      [0, "a", 0, 9],
      [19, "b", 0, 20],
      [49, "b", 1, 1],
      [60, "a", 0, undefined],
    ]);
  });

  test("of one model at a time are kept where the memory has no size", () => {
    const { bytes: _, ...sizeless } = weights;
    const both = {
      tasks: [task("a", [20], [5], { atNs: [0, 2, 3] }), task("b", [20], [6], { atNs: [1] })],
      accelerator: { weights: sizeless },
    };
    expect(loads(both).map(([, id, , ns]) => [id, ns])).toEqual([
      ["a", 1],
      ["b", 1],
      ["a", 1],
      ["a", undefined],
    ]);
  });

  test("of unknown size fill the memory", () => {
    const unknown = world([task("a", [20], [Number.NaN], { atNs: [0, 2] }), task("b", [20], [1], { atNs: [1] })]);
    expect(loads(unknown).map(([, id, , ns]) => [id, ns])).toEqual([
      ["a", 10],
      ["b", 0],
      ["a", 10],
    ]);
  });

  test("of the steps of a loop are one", () => {
    const loops = [{ firstLayer: 1, layersPerStep: 1, stepProbabilities: [0, 0, 1] }];
    const looped = world([task("a", [10, 10, 10, 10], [10, 20, 20, 20], { loops })]);
    expect(loads(looped).map(([, , layer, ns]) => [layer, ns])).toEqual([
      [0, 1],
      [1, 2],
      [2, undefined],
      [3, undefined],
    ]);
  });

  test("of layers that a job skips are not loaded", () => {
    const skips = [{ firstLayer: 1, endLayer: 2, probability: 1 }];
    expect(endsOf(world([task("a", [10, 10, 10], [10, 50, 20], { skips })]))).toEqual([[23, "a#0"]]);
  });

  test("are those of a variant: another one loads its own", () => {
    const lighter = world([task("a", [20], [50], { atNs: [0, 0], lighterNs: [[10]] })]);
    const steps: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 25, choose: "a#1", variant: 1 },
      { atNs: 25, run: "a#1" },
    ];
    expect(endsOf(lighter, planned(steps))).toEqual([
      [25, "a#0"],
      [40, "a#1"],
    ]);
  });

  test("of two tasks with one model are shared", () => {
    const { scenario, system, costTable } = smallScenario(world([task("a", [20], [50]), task("b", [20], [50])]));
    const { model } = scenario.tasks[0]!;
    const shared = { ...scenario, tasks: scenario.tasks.map((each) => ({ ...each, model })) };
    const { values } = resolveParameters(fcfs, {});
    const totals = simulate(compile(shared, system, costTable), fcfs, values, { seed: 1 });
    expect(totals.endNs).toBe(45);
  });

  test("are on each accelerator by itself", () => {
    const two = world([task("a", [20], [50], { atNs: [0, 0] })], {}, { accelerators: 2 });
    expect(endsOf(two)).toEqual([
      [25, "a#0"],
      [25, "a#1"],
    ]);
  });

  test("of a model that ran in parts are there in parts", () => {
    // The first job runs one layer here and one there; the second, here alone, finds the first layer and loads the other.
    const parts = world([task("a", [10, 10], [30, 40], { atNs: [0, 50] })], {}, { accelerators: 2 });
    const steps: Step[] = [
      { atNs: 0, run: "a#0", layers: 1 },
      { atNs: 13, run: "a#0", on: 1 },
      { atNs: 50, run: "a#1" },
    ];
    expect(loads(parts, planned(steps))).toEqual([
      [0, "a", 0, 3],
      [13, "a", 1, 4],
      [50, "a", 0, undefined],
      [60, "a", 1, 4],
    ]);
  });

  test("come after the decision's overhead and the activations", () => {
    const moving = world(
      [task("a", [20, 10], [50, 30], { boundaryBytes: [0, 8] })],
      {},
      {
        accelerators: 2,
        contextSwitch: "on",
        memory: { bandwidthGBs: 2, energyPjPerByte: 3 },
        system: { decisionOverheadNs: 2 },
      },
    );
    const steps: Step[] = [
      { atNs: 0, run: "a#0", layers: 1 },
      { atNs: 27, run: "a#0", on: 1 },
    ];
    const { segments } = run(moving, planned(steps));
    // 2 overhead, 5 load, 20 work; then 2 overhead, 8 activations (2 x 4), 3 load, 10 work.
    expect(segments.map(({ startNs, endNs, switchInNs, load }) => [startNs, endNs, switchInNs, load])).toEqual([
      [0, 27, 0, { ns: 5, waitNs: 5, pj: 100, bytes: 50 }],
      [27, 50, 8, { ns: 3, waitNs: 3, pj: 60, bytes: 30 }],
    ]);
    expect(segments.map(({ energyPj }) => energyPj)).toEqual([120, 10 + 48 + 60]);
  });
});
