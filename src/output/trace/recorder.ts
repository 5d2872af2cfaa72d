/** Turns the events of a run into the records of its trace file, as they come. */
import type { Observer, RunEvent } from "../../core/events.ts";
import type { Scenario } from "../../core/scenario.ts";
import type { System } from "../../core/system.ts";
import { AcceleratorTracks } from "./accelerator-tracks.ts";
import { Arrows } from "./arrows.ts";
import { type CounterCosts, Counters } from "./counters.ts";
import { Reasons } from "./reasons.ts";
import { TaskTracks } from "./task-tracks.ts";
import type { RecordSink } from "./trace-record.ts";
import { Tracks } from "./tracks.ts";

export interface Recorder {
  /** Hears everything that the file shows. */
  readonly observer: Observer;
  /** Called once, after the run. */
  finish(): void;
}

/** Keeps the jobs that have not ended, and nothing of those that have. */
export function createRecorder(scenario: Scenario, system: System, costs: CounterCosts, sink: RecordSink): Recorder {
  const tracks = new Tracks(sink);
  const parts = { tracks, sink, arrows: new Arrows(scenario), reasons: new Reasons() };
  const tasks = new TaskTracks(scenario, system, parts);
  const lanes = new AcceleratorTracks(scenario, system, {
    ...parts,
    deadlineNsOf: (job) => tasks.deadlineNsOf(job),
  });
  const counters = new Counters(system, costs, tracks, sink);
  const at = <Event extends RunEvent>(handle: (event: Event) => void) => {
    return (event: Event): void => {
      counters.timeIs(event.timeNs);
      handle(event);
    };
  };
  const observer: Observer = {
    decisionExplained: (event) => parts.reasons.explained(event),
    jobReleased: at((event) => {
      tasks.released(event);
      counters.released();
    }),
    jobDispatched: at((event) => {
      lanes.dispatched(event);
      counters.dispatched(event);
    }),
    inputsRead: (event) => lanes.inputsRead(event),
    segmentBegun: at((event) => {
      lanes.segmentBegun(event);
      counters.segmentBegun(event);
    }),
    jobPreempted: (event) => lanes.preempted(event),
    segmentEnded: at((event) => {
      lanes.segmentEnded(event);
      counters.segmentEnded(event);
    }),
    dispatchEnded: at((event) => {
      lanes.dispatchEnded(event);
      counters.dispatchEnded(event);
    }),
    variantChosen: (event) => tasks.variantChosen(event),
    jobCompleted: at((event) => tasks.completed(event)),
    jobDropped: at((event) => {
      tasks.dropped(event);
      counters.dropped(event);
    }),
  };
  return { observer, finish: () => counters.finish() };
}
