/** What a run tells while it goes, worked out by hand, and to whom. */
import { describe, expect, test } from "vitest";
import { listenToEnds, type RunEvent, together } from "../../src/core/events.ts";
import type { Policy } from "../../src/core/scheduler.ts";
import type { SmallWorld } from "../worlds.ts";
import { firstComeFirst, planned, type Step, scheduler } from "./planned.ts";
import { eventsOf, simulated } from "./told-events.ts";

/** [time, kind, "task#job", and what matters of the kind]. */
const told = (world: SmallWorld, events: readonly RunEvent[]) =>
  events.map((event) => {
    const job = event.taskIndex === undefined ? "-" : `${world.tasks[event.taskIndex]!.id}#${event.jobIndex}`;
    return [event.timeNs, event.kind, job, ...detailsOf(event)];
  });

function detailsOf(event: RunEvent): readonly (number | string | undefined)[] {
  switch (event.kind) {
    case "jobReleased":
      return [event.deadlineNs];
    case "jobDispatched":
      return [event.acceleratorIndex, event.layerIndex, event.layers, event.resumesAfter ?? "-"];
    case "segmentBegun":
      return [event.acceleratorIndex, event.layerIndex, event.plannedEndNs];
    case "segmentEnded":
      return [event.acceleratorIndex, event.layerIndex, event.progressAfter, event.end];
    case "dispatchEnded":
      return [event.acceleratorIndex, event.why];
    case "jobPreempted":
      return [event.acceleratorIndex, event.how];
    case "variantChosen":
      return [event.previousVariantIndex, event.variantIndex];
    case "inputsRead":
      return event.reads.map(({ output }) => output?.jobIndex);
    case "jobCompleted":
    case "jobDropped":
      return [event.dropReason];
    case "decisionExplained":
      return [event.decision, event.reason.rule];
    default:
      return event satisfies never;
  }
}

const story = (world: SmallWorld, steps: readonly Step[]) => told(world, eventsOf(world, planned(steps)));

describe("the events of a run worked out by hand:", () => {
  test("a job that runs its layers one after the other", () => {
    const world: SmallWorld = { tasks: [{ id: "a", layersNs: [10, 20], deadlineNs: 40 }] };
    expect(story(world, [{ atNs: 0, run: "a#0" }])).toEqual([
      [0, "jobReleased", "a#0", 40],
      [0, "jobDispatched", "a#0", 0, 0, 2, "-"],
      [0, "segmentBegun", "a#0", 0, 0, 10],
      [10, "segmentEnded", "a#0", 0, 0, 1, "completed"],
      [10, "segmentBegun", "a#0", 0, 1, 30],
      [30, "segmentEnded", "a#0", 0, 1, 1, "completed"],
      [30, "dispatchEnded", "a#0", 0, "completed"],
      [30, "jobCompleted", "a#0", undefined],
    ]);
  });

  test("a job that is dispatched a layer at a time, on two accelerators", () => {
    const world: SmallWorld = { tasks: [{ id: "a", layersNs: [10, 20] }], accelerators: 2 };
    const steps: readonly Step[] = [
      { atNs: 0, run: "a#0", on: 0, layers: 1 },
      { atNs: 10, run: "a#0", on: 1, layers: 1 },
    ];
    expect(story(world, steps)).toEqual([
      [0, "jobReleased", "a#0", Infinity],
      [0, "jobDispatched", "a#0", 0, 0, 1, "-"],
      [0, "segmentBegun", "a#0", 0, 0, 10],
      [10, "segmentEnded", "a#0", 0, 0, 1, "completed"],
      [10, "dispatchEnded", "a#0", 0, "layersDone"],
      [10, "jobDispatched", "a#0", 1, 1, 1, "-"],
      [10, "segmentBegun", "a#0", 1, 1, 30],
      [30, "segmentEnded", "a#0", 1, 1, 1, "completed"],
      [30, "dispatchEnded", "a#0", 1, "completed"],
      [30, "jobCompleted", "a#0", undefined],
    ]);
  });

  test("a checkpoint at a tile end, a drain, a kill, and what is resumed after each", () => {
    const world: SmallWorld = { tasks: [{ id: "a", layersNs: [40, 40], tiles: [4, 4] }] };
    const steps: readonly Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 15, checkpoint: "a#0" },
      { atNs: 20, run: "a#0" },
      { atNs: 25, drain: "a#0" },
      { atNs: 40, run: "a#0" },
      { atNs: 60, kill: "a#0" },
      { atNs: 60, run: "a#0" },
    ];
    expect(story(world, steps)).toEqual([
      [0, "jobReleased", "a#0", Infinity],
      [0, "jobDispatched", "a#0", 0, 0, 2, "-"],
      [0, "segmentBegun", "a#0", 0, 0, 40],
      [15, "jobPreempted", "a#0", 0, "checkpoint"],
      [20, "segmentEnded", "a#0", 0, 0, 0.5, "checkpoint"],
      [20, "dispatchEnded", "a#0", 0, "checkpoint"],
      [20, "jobDispatched", "a#0", 0, 0, 2, "checkpoint"],
      [20, "segmentBegun", "a#0", 0, 0, 40],
      [25, "jobPreempted", "a#0", 0, "drain"],
      [40, "segmentEnded", "a#0", 0, 0, 1, "completed"],
      [40, "dispatchEnded", "a#0", 0, "drain"],
      [40, "jobDispatched", "a#0", 0, 1, 1, "drain"],
      [40, "segmentBegun", "a#0", 0, 1, 80],
      [60, "jobPreempted", "a#0", 0, "kill"],
      [60, "segmentEnded", "a#0", 0, 1, 0.5, "kill"],
      [60, "dispatchEnded", "a#0", 0, "kill"],
      [60, "jobDispatched", "a#0", 0, 0, 2, "kill"],
      [60, "segmentBegun", "a#0", 0, 0, 100],
      [100, "segmentEnded", "a#0", 0, 0, 1, "completed"],
      [100, "segmentBegun", "a#0", 0, 1, 140],
      [140, "segmentEnded", "a#0", 0, 1, 1, "completed"],
      [140, "dispatchEnded", "a#0", 0, "completed"],
      [140, "jobCompleted", "a#0", undefined],
    ]);
  });

  test("a drop takes dependents along, which are never released", () => {
    const follows = (task: number) => ({ kind: "after", taskIndexes: [task], probability: 1 }) as const;
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [10], deadlineNs: 50 },
        { id: "b", layersNs: [10], release: follows(0), deadlineNs: 50 },
        { id: "c", layersNs: [10], release: follows(1), deadlineNs: 50 },
      ],
    };
    expect(story(world, [{ atNs: 0, drop: "a#0" }])).toEqual([
      [0, "jobReleased", "a#0", 50],
      [0, "jobDropped", "a#0", "policy"],
      [0, "jobDropped", "b#0", "parent"],
      [0, "jobDropped", "c#0", "parent"],
    ]);
  });

  test("a late drop, and the release of a dependent when its parent completes", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [10], deadlineNs: 50 },
        { id: "b", layersNs: [5], release: { kind: "after", taskIndexes: [0], probability: 1 }, deadlineNs: 50 },
        { id: "late", layersNs: [10], deadlineNs: 5 },
      ],
    };
    const policy = scheduler({ lateDrop: true, decide: firstComeFirst });
    const events = told(world, eventsOf(world, policy)).filter(([, kind]) => String(kind).startsWith("job"));
    expect(events).toEqual([
      [0, "jobReleased", "a#0", 50],
      [0, "jobReleased", "late#0", 5],
      [0, "jobDispatched", "a#0", 0, 0, 1, "-"],
      [10, "jobCompleted", "a#0", undefined],
      [10, "jobReleased", "b#0", 50],
      [10, "jobDropped", "late#0", "late"],
      [10, "jobDispatched", "b#0", 0, 0, 1, "-"],
      [15, "jobCompleted", "b#0", undefined],
    ]);
  });

  test("a variant that is chosen, and why, in front of it", () => {
    const world: SmallWorld = { tasks: [{ id: "a", layersNs: [10], lighterNs: [[4]] }] };
    const decide: Policy["decide"] = (view, decisions) => {
      const job = view.readyJobs.first;
      if (job.variantIndex === 0) decisions.chooseVariant(job, 1);
      else decisions.run(job, view.idleAccelerators[0]);
      decisions.because({ rule: job.variantIndex === 0 ? "lighter" : "first" });
    };
    expect(told(world, eventsOf(world, scheduler({ decide }))).slice(1, 6)).toEqual([
      [0, "decisionExplained", "a#0", "chooseVariant", "lighter"],
      [0, "variantChosen", "a#0", 0, 1],
      [0, "decisionExplained", "a#0", "run", "first"],
      [0, "jobDispatched", "a#0", 0, 0, 1, "-"],
      [0, "segmentBegun", "a#0", 0, 0, 4],
    ]);
  });
});

test("a dispatch tells what comes in front of its work, and at which operating point it begins", () => {
  const world: SmallWorld = {
    tasks: [{ id: "a", layersNs: [10, 10], boundaryBytes: [0, 6] }],
    accelerators: 2,
    contextSwitch: "on",
    memory: { bandwidthGBs: 2, energyPjPerByte: 5 },
    system: { decisionOverheadNs: 4 },
    accelerator: { operatingPoints: [{ name: "eco", speed: 0.5, energyFactor: 0.5 }] },
  };
  const steps: readonly Step[] = [
    { atNs: 0, run: "a#0", on: 0, layers: 1 },
    { atNs: 24, run: "a#0", on: 1 },
  ];
  const events = eventsOf(world, planned(steps));
  // Written and read: 6 bytes at 2 a ns each way, 5 pJ a byte. Layers take 20 ns at half the speed: 1 mW x 0.5 x 0.5.
  const second = { overheadNs: 4, switchInNs: 6, transfers: 2, addedPj: 60, operatingPoint: 0 };
  expect(events.filter(({ kind }) => kind === "jobDispatched")).toMatchObject([
    { timeNs: 0, overheadNs: 4, switchInNs: 0, transfers: 0, addedPj: 0, operatingPoint: 0 },
    { timeNs: 24, acceleratorIndex: 1, lane: 0, units: 1, layerIndex: 1, progressBefore: 0, ...second },
  ]);
  expect(events.filter(({ kind }) => kind === "segmentBegun")).toMatchObject([
    { timeNs: 0, plannedEndNs: 24, operatingPoint: 0, powerMw: 0.25 },
    { timeNs: 24, plannedEndNs: 54, operatingPoint: 0, powerMw: 0.25 },
  ]);
});

test("jobs that share an accelerator have a lane each", () => {
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [40], atNs: [0, 0] }], units: [1, 3] };
  const steps: readonly Step[] = [
    { atNs: 0, run: "a#0", on: 1, units: 1 },
    { atNs: 0, run: "a#1", on: 1, units: 2 },
  ];
  const onLanes = eventsOf(world, planned(steps)).flatMap((event) =>
    "lane" in event ? [[event.kind, event.jobIndex, event.acceleratorIndex, event.lane, event.units]] : [],
  );
  expect(onLanes.slice(0, 4)).toEqual([
    ["jobDispatched", 0, 1, 0, 1],
    ["segmentBegun", 0, 1, 0, 1],
    ["jobDispatched", 1, 1, 1, 2],
    ["segmentBegun", 1, 1, 1, 2],
  ]);
  expect(new Set(onLanes.slice(4).map(([, job, , lane]) => `${job}/${lane}`))).toEqual(new Set(["0/0", "1/1"]));
});

describe("an observer", () => {
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [10], atNs: [0, 5] }] };
  const policy = scheduler({
    decide: (view, d) => (view.nowNs < 10 ? firstComeFirst(view, d) : d.drop(view.readyJobs.first)),
  });

  test("may be an object of a class, whose handlers use what it remembers", () => {
    class Counter {
      jobs = 0;
      jobReleased(): void {
        this.jobs += 1;
      }
    }
    const alone = new Counter();
    simulated(world, policy, alone);
    const [one, other] = [new Counter(), new Counter()];
    simulated(world, policy, together([one, other]));
    expect([alone.jobs, one.jobs, other.jobs]).toEqual([2, 2, 2]);
  });

  test("of ends hears every job once", () => {
    const ends: unknown[] = [];
    simulated(
      world,
      policy,
      listenToEnds(({ jobIndex, completionNs, dropNs }) => ends.push([jobIndex, completionNs, dropNs])),
    );
    expect(ends).toEqual([
      [0, 10, undefined],
      [1, undefined, 10],
    ]);
  });

  test("of several asks for no more than they do", () => {
    const nothing = () => undefined;
    expect(Object.keys(together([{ jobReleased: nothing }, {}, listenToEnds(nothing)])).sort()).toEqual([
      "jobCompleted",
      "jobDropped",
      "jobReleased",
    ]);
    expect(together([])).toEqual({});
  });
});
