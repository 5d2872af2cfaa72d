/** What holds of the events of any run. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EventKind, eventKinds, listenTo, type RunEvent, together } from "../../src/core/events.ts";
import { expectSame } from "../expect-same.ts";
import { propertyRuns } from "../property-runs.ts";
import type { SmallWorld } from "../worlds.ts";
import { chaos } from "./chaos.ts";
import { randomDynamicWorld, randomWorld } from "./random-worlds.ts";
import { eventsOf, simulated } from "./told-events.ts";

describe("in any run", () => {
  const anyRun = fc.tuple(fc.oneof(randomWorld, randomDynamicWorld), effects(), fc.integer(), fc.boolean());
  const check = (property: (world: SmallWorld, given: { salt: number; lateDrop: boolean }) => void) =>
    fc.assert(
      fc.property(anyRun, ([world, more, salt, lateDrop]) => property({ ...world, ...more }, { salt, lateDrop })),
      propertyRuns(150),
    );

  test("the events of a job come in a legal order", () => {
    check((world, given) => {
      for (const events of byJob(eventsOf(world, chaos, given)).values()) expect(illegal(events)).toBeUndefined();
    });
  });

  test("events are in order of time, and a segment ends before the next begins on its lane", () => {
    check((world, given) => {
      const events = eventsOf(world, chaos, given);
      for (let i = 1; i < events.length; i++) expect(events[i]!.timeNs).toBeGreaterThanOrEqual(events[i - 1]!.timeNs);
      const running = new Set<string>();
      for (const event of events) {
        if (event.kind !== "segmentBegun" && event.kind !== "segmentEnded") continue;
        const lane = `${event.acceleratorIndex}/${event.lane}`;
        expect(running.has(lane)).toBe(event.kind === "segmentEnded");
        if (event.kind === "segmentBegun") running.add(lane);
        else running.delete(lane);
      }
      expect(running.size).toBe(0);
    });
  });

  test("their sums are the totals of the run", () => {
    check((world, given) => {
      const events: RunEvent[] = [];
      const totals = simulated(
        world,
        chaos,
        listenTo((event) => events.push(event)),
        given,
      );
      expect(sumsOf(world, events)).toEqual({
        layers: totals.layers,
        endNs: totals.endNs,
        accelerators: totals.accelerators,
      });
    });
  });

  test("each listener hears the same, and the run is the same, whoever else listens", () => {
    const kinds = fc.uniqueArray(fc.constantFrom<EventKind>(...eventKinds));
    fc.assert(
      fc.property(anyRun, kinds, kinds, ([world, more, salt, lateDrop], some, others) => {
        const given = { salt, lateDrop };
        const of = { ...world, ...more };
        const all = eventsOf(of, chaos, given);
        const alone = simulated(of, chaos, {}, given);
        const heard: RunEvent[] = [];
        const overheard: RunEvent[] = [];
        const listeners = [listenTo((e) => heard.push(e), some), listenTo((e) => overheard.push(e), others)];
        expectSame(simulated(of, chaos, together(listeners), given), alone);
        expectSame(
          heard,
          all.filter(({ kind }) => some.includes(kind)),
        );
        expectSame(
          overheard,
          all.filter(({ kind }) => others.includes(kind)),
        );
      }),
      propertyRuns(150),
    );
  });
});

/** Effects to lay over a random world. */
function effects(): fc.Arbitrary<Pick<SmallWorld, "system" | "accelerator">> {
  const points = [
    { name: "fast", speed: 2, energyFactor: 1.5 },
    { name: "slow", speed: 0.5, energyFactor: 0.5 },
  ];
  return fc
    .record({ contention: fc.constantFrom<"on" | "off">("on", "off"), overhead: fc.nat(3), cap: fc.nat(4) })
    .map(({ contention, overhead, cap }) => ({
      system: { contention, decisionOverheadNs: overhead, ...(cap > 0 && { powerCapMw: cap }) },
      accelerator: cap > 0 ? { operatingPoints: points } : {},
    }));
}

function byJob(events: readonly RunEvent[]): ReadonlyMap<string, RunEvent[]> {
  const jobs = new Map<string, RunEvent[]>();
  for (const event of events) {
    if (event.kind === "decisionExplained") continue;
    const key = `${event.taskIndex}/${event.jobIndex}`;
    jobs.set(key, [...(jobs.get(key) ?? []), event]);
  }
  return jobs;
}

/** What may follow what in the life of a job; a preemption may come at any time while it runs. */
const next: Readonly<Record<string, readonly EventKind[]>> = {
  start: ["jobReleased", "jobDropped"],
  jobReleased: ["variantChosen", "jobDispatched", "jobDropped"],
  variantChosen: ["variantChosen", "jobDispatched", "jobDropped"],
  jobDispatched: ["segmentBegun"],
  segmentBegun: ["segmentEnded", "jobPreempted"],
  jobPreempted: ["segmentEnded"],
  segmentEnded: ["segmentBegun", "dispatchEnded"],
  dispatchEnded: ["variantChosen", "jobDispatched", "jobDropped", "jobCompleted"],
  jobCompleted: [],
  jobDropped: [],
};

/** The first event of a job that may not be where it is; undefined: there is none, and the job has ended. */
function illegal(events: readonly RunEvent[]): unknown {
  let last = "start";
  let stoppedBy: string | undefined;
  for (const event of events) {
    if (!next[last]!.includes(event.kind)) return [last, event];
    if (event.kind === "dispatchEnded") {
      stoppedBy = event.why;
    } else if (event.kind === "jobDispatched") {
      const isResumed = stoppedBy !== undefined && stoppedBy !== "layersDone";
      if (event.resumesAfter !== (isResumed ? stoppedBy : undefined)) return ["resumes", stoppedBy, event];
    } else if ((event.kind === "jobCompleted") !== (stoppedBy === "completed") && next[event.kind]!.length === 0) {
      return ["ends", stoppedBy, event];
    }
    last = event.kind;
  }
  return next[last]!.length === 0 ? undefined : [last, "never ended"];
}

/** A run's totals, from its events alone. */
function sumsOf({ units, accelerators = 1 }: SmallWorld, events: readonly RunEvent[]) {
  const count = units?.length ?? accelerators;
  const sums = Array.from({ length: count }, () => ({ busyNs: 0, energyPj: 0, contextSwitches: 0 }));
  let layers = 0;
  let endNs = 0;
  for (const event of events) {
    if (event.kind === "segmentBegun") layers += 1;
    if (event.kind === "jobCompleted" || event.kind === "jobDropped") endNs = event.timeNs;
    if (event.kind === "jobDispatched" && event.transfers > 0) sums[event.acceleratorIndex]!.contextSwitches += 1;
    if (event.kind !== "segmentEnded") continue;
    const of = sums[event.acceleratorIndex]!;
    of.busyNs += (event.endNs - event.startNs) * event.units;
    of.energyPj += event.energyPj;
  }
  return { layers, endNs, accelerators: sums };
}
