/** What moving a job's live activations costs. Bandwidth 2 bytes a ns, 3 pJ a byte, unless said. */
import { expect, test } from "vitest";
import { run, type SmallWorld } from "../worlds.ts";
import { planned, type Step, scheduler, work } from "./planned.ts";

const memory = { bandwidthGBs: 2, energyPjPerByte: 3 };
const world: SmallWorld = {
  tasks: [
    { id: "a", layersNs: [10, 20], boundaryBytes: [0, 8] },
    { id: "b", layersNs: [5] },
  ],
  accelerators: 2,
  memory,
  contextSwitch: "on",
};

/** [switchInNs, endNs - startNs, energyPj] of each segment of task a. */
const costs = (steps: readonly Step[], of = world) =>
  run(of, planned(steps))
    .segments.filter((segment) => segment.taskIndex === 0)
    .map((segment) => [segment.switchInNs, segment.endNs - segment.startNs, segment.energyPj]);

test("a job that stays pays nothing", () => {
  expect(
    costs([
      { atNs: 0, run: "a#0" },
      { atNs: 0, run: "b#0", on: 1 },
    ]),
  ).toEqual([
    [0, 10, 10],
    [0, 20, 20],
  ]);
  const layerwise = [
    { atNs: 0, run: "a#0", layers: 1 },
    { atNs: 0, run: "b#0", on: 1 },
    { atNs: 10, run: "a#0" },
  ];
  expect(costs(layerwise)).toEqual([
    [0, 10, 10],
    [0, 20, 20],
  ]);
});

test("a job that moves writes its live activations to memory and reads them back", () => {
  const steps: Step[] = [
    { atNs: 0, run: "a#0", layers: 1 },
    { atNs: 0, run: "b#0", on: 1 },
    { atNs: 10, run: "a#0", on: 1 },
  ];
  // 8 bytes at 2 a ns, twice: 8 ns; 8 bytes x 3 pJ, twice: 48 pJ.
  expect(costs(steps)).toEqual([
    [0, 10, 10],
    [8, 28, 68],
  ]);
  const { jobs, totals } = run(world, planned(steps));
  const a = jobs.find((job) => job.taskIndex === 0)!;
  expect(a).toMatchObject({ contextSwitches: 1, accelerators: [0, 1], energyPj: 78, completionNs: 38 });
  expect(totals.accelerators.map((accelerator) => accelerator.contextSwitches)).toEqual([0, 1]);
  expect(totals.accelerators.map((accelerator) => accelerator.energyPj)).toEqual([10, 73]);
});

test("a job that another ran over on the same accelerator pays the same, one that waited there does not", () => {
  const evicted: Step[] = [
    { atNs: 0, run: "a#0", layers: 1 },
    { atNs: 10, run: "b#0" },
    { atNs: 15, run: "a#0" },
  ];
  expect(costs(evicted)).toEqual([
    [0, 10, 10],
    [8, 28, 68],
  ]);
  const undisturbed: Step[] = [
    { atNs: 0, run: "a#0", layers: 1 },
    { atNs: 0, run: "b#0", on: 1 },
    { atNs: 500, run: "a#0" },
  ];
  const waker = { id: "waker", layersNs: [1], atNs: [500] };
  const tasks = [...world.tasks, waker];
  expect(costs([...undisturbed, { atNs: 500, run: "waker#0", on: 1 }], { ...world, tasks })).toEqual([
    [0, 10, 10],
    [0, 20, 20],
  ]);
});

test("there and back again is paid twice", () => {
  const tasks = [{ id: "a", layersNs: [10, 10, 10], boundaryBytes: [0, 8, 2] }];
  const steps: Step[] = [
    { atNs: 0, run: "a#0", layers: 1, on: 0 },
    { atNs: 10, run: "a#0", layers: 1, on: 1 },
    { atNs: 28, run: "a#0", layers: 1, on: 0 },
  ];
  const { jobs } = run({ ...world, tasks }, planned(steps));
  // 8 ns and 48 pJ for 8 bytes, 2 ns and 12 pJ for 2 bytes.
  expect(jobs[0]).toMatchObject({ completionNs: 40, energyPj: 90, contextSwitches: 2, accelerators: [0, 1] });
});

test("a first layer has nothing to move", () => {
  const tasks = [
    { id: "a", layersNs: [10] },
    { id: "b", layersNs: [10], release: { kind: "after", taskIndexes: [0], probability: 1 } as const },
  ];
  const steps: Step[] = [
    { atNs: 0, run: "a#0", on: 0 },
    { atNs: 10, run: "b#0", on: 1 },
  ];
  expect(run({ ...world, tasks }, planned(steps)).jobs.map((job) => job.contextSwitches)).toEqual([0, 0]);
});

test("with contextSwitch off a move is counted but costs nothing", () => {
  const steps: Step[] = [
    { atNs: 0, run: "a#0", layers: 1 },
    { atNs: 10, run: "a#0", on: 1 },
    { atNs: 10, drop: "b#0" },
  ];
  const { jobs } = run({ ...world, contextSwitch: "off" }, planned(steps));
  expect(jobs.find((job) => job.taskIndex === 0)).toMatchObject({ completionNs: 30, energyPj: 30, contextSwitches: 1 });
});

test("a transfer is rounded once to whole ns, halves up, at any bandwidth", () => {
  const moved = (bandwidthGBs: number, bytes: number) => {
    const tasks = [{ id: "a", layersNs: [10, 10], boundaryBytes: [0, bytes] }];
    const steps: Step[] = [
      { atNs: 0, run: "a#0", layers: 1, on: 0 },
      { atNs: 10, run: "a#0", on: 1 },
    ];
    return run({ ...world, tasks, memory: { bandwidthGBs, energyPjPerByte: 0 } }, planned(steps)).segments[1]!
      .switchInNs;
  };
  expect(moved(2, 3)).toBe(4);
  expect(moved(90, 1000)).toBe(22);
  // Half a ns each way; 49 x (1 / 98) is less than a half in binary.
  expect(moved(98, 49)).toBe(2);
});

test("a policy sees what a move would cost before it decides it", () => {
  const seen: unknown[] = [];
  const spy = scheduler({
    decide(view, decisions) {
      const job = view.readyJobs.first;
      seen.push(view.accelerators.map((accelerator) => [job.switchNs(accelerator), job.switchPj(accelerator)]));
      decisions.run(job, view.accelerators[0]!, { layers: 1 });
    },
  });
  run({ ...world, tasks: world.tasks.slice(0, 1) }, spy);
  expect(seen).toEqual([
    [
      [0, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [8, 48],
    ],
  ]);
});

test("a job on part of a fissionable accelerator is not evicted by its neighbours", () => {
  const tasks = [
    { id: "a", layersNs: [10, 20], boundaryBytes: [0, 8] },
    { id: "b", layersNs: [5] },
  ];
  const fission: SmallWorld = { tasks, units: [2], memory, contextSwitch: "on" };
  const steps: Step[] = [
    { atNs: 0, run: "a#0", layers: 1, units: 1 },
    { atNs: 0, run: "b#0", units: 1 },
    { atNs: 20, run: "a#0", units: 2 },
  ];
  expect(work(fission, run(fission, planned(steps)))).toEqual([
    [0, 10, "b#0.0", 0],
    [0, 20, "a#0.0", 0],
    [20, 40, "a#0.1", 0],
  ]);
});
