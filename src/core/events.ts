/**
 * The events of a run, and its observers. Events come in order of time, and within an instant in the order in which
 * they happen. They are plain data and may be kept. An event without an observer is not built.
 *
 * Events of one job, in order: released; any number of dispatches, each with its segments, and choices of a variant
 * between them; then completed or dropped. A dependent job that is dropped with its parent, and one that a full queue
 * refuses, has only that event.
 */
import type { DropReason, JobRecord, ReadRecord, ReasonRecord, Segment, SegmentExtras } from "./records.ts";
import type { PreemptionKind } from "./system.ts";

/** Any event of a run; `kind` says which. */
export type RunEvent =
  | JobReleased
  | JobDispatched
  | InputsRead
  | SegmentBegun
  | JobPreempted
  | SegmentEnded
  | DispatchEnded
  | VariantChosen
  | JobCompleted
  | JobDropped
  | DecisionExplained;

/** The kinds of events, as observers name them. */
export type EventKind = RunEvent["kind"];

/** Gets the kinds of events for which it has a handler. It must not change the run. */
export type Observer = {
  readonly [Kind in EventKind]?: (event: Extract<RunEvent, { readonly kind: Kind }>) => void;
};

interface JobEvent {
  readonly timeNs: number;
  readonly taskIndex: number;
  /** 0-based frame index. */
  readonly jobIndex: number;
}

interface LaneEvent extends JobEvent {
  readonly acceleratorIndex: number;
  /** Among the accelerator's lanes, from 0. On an accelerator with several units, jobs run side by side. */
  readonly lane: number;
  readonly units: number;
}

/** A job was released and is ready. */
export interface JobReleased extends JobEvent {
  readonly kind: "jobReleased";
  /** Nominal release (without jitter) of the root frame. */
  readonly frameReleaseNs: number;
  /** Absolute; Infinity: none. */
  readonly deadlineNs: number;
  readonly priority: number;
  /** Its work relative to its model's costs; absent: 1. */
  readonly scale?: number;
}

/** A ready job has got a lane. Its first segment begins at the same instant. */
export interface JobDispatched extends LaneEvent, Partial<SegmentExtras> {
  readonly kind: "jobDispatched";
  readonly variantIndex: number;
  /** The first layer that it runs. */
  readonly layerIndex: number;
  /** Layers that it may run before the policy decides about it again. */
  readonly layers: number;
  /** Share of the first layer that a checkpoint kept. */
  readonly progressBefore: number;
  /** How the job was stopped, if this dispatch resumes it. */
  readonly resumesAfter?: PreemptionKind;
  /** Moves of its live activations: 0, 1 (read) or 2 (write and read). */
  readonly transfers: number;
  /** Energy of what comes before its work. */
  readonly addedPj: number;
}

/** A job that starts, or starts over after a kill, has taken the newest outputs of the tasks that its own one reads. */
export interface InputsRead extends JobEvent {
  readonly kind: "inputsRead";
  /** In the order of its task's `reads`. */
  readonly reads: readonly ReadRecord[];
}

/** The next layer of a dispatched job, or the rest of one, has begun, with what comes before it. */
export interface SegmentBegun extends LaneEvent {
  readonly kind: "segmentBegun";
  readonly variantIndex: number;
  readonly layerIndex: number;
  readonly progressBefore: number;
  /** Operating point of the layer; absent: the accelerator has none. */
  readonly operatingPoint?: number;
  /** Mean power of the layer at that point; NaN: its energy is not known. */
  readonly powerMw: number;
  /** End of the segment if nothing changes. */
  readonly plannedEndNs: number;
}

/** The policy has decided to stop a running job. A kill takes effect at this instant. */
export interface JobPreempted extends LaneEvent {
  readonly kind: "jobPreempted";
  readonly how: PreemptionKind;
}

export interface SegmentEnded extends Segment {
  readonly kind: "segmentEnded";
  readonly timeNs: number;
}

/** A job has left its lane, which is free again. */
export interface DispatchEnded extends LaneEvent {
  readonly kind: "dispatchEnded";
  /** `layersDone`: it has run what was dispatched. It is ready again, as after the three kinds of preemption. */
  readonly why: "completed" | "layersDone" | PreemptionKind;
}

/** The policy has chosen another variant for a job. */
export interface VariantChosen extends JobEvent {
  readonly kind: "variantChosen";
  readonly variantIndex: number;
  readonly previousVariantIndex: number;
}

export interface JobCompleted extends JobRecord {
  readonly kind: "jobCompleted";
  readonly timeNs: number;
  readonly completionNs: number;
  readonly dropNs: undefined;
  readonly dropReason: undefined;
}

export interface JobDropped extends JobRecord {
  readonly kind: "jobDropped";
  readonly timeNs: number;
  readonly completionNs: undefined;
  readonly dropNs: number;
  readonly dropReason: DropReason;
}

/** Why the policy decided what happens next. It comes before that event. */
export interface DecisionExplained {
  readonly kind: "decisionExplained";
  readonly timeNs: number;
  readonly decision: "run" | "preempt" | "drop" | "chooseVariant" | "wait";
  /** The job that the decision is about; absent if the policy waits. */
  readonly taskIndex?: number;
  readonly jobIndex?: number;
  readonly reason: ReasonRecord;
}

/** All of them. */
export const eventKinds = [
  "jobReleased",
  "jobDispatched",
  "inputsRead",
  "segmentBegun",
  "jobPreempted",
  "segmentEnded",
  "dispatchEnded",
  "variantChosen",
  "jobCompleted",
  "jobDropped",
  "decisionExplained",
] as const satisfies readonly EventKind[];

/** One listener for events of several kinds; left out: of all kinds. */
export function listenTo(listener: (event: RunEvent) => void, kinds: readonly EventKind[] = eventKinds): Observer {
  return Object.fromEntries(kinds.map((kind) => [kind, listener]));
}

/** One listener for every job that has ended, completed or dropped. */
export const listenToEnds = (listener: (job: JobRecord) => void): Observer => ({
  jobCompleted: listener,
  jobDropped: listener,
});

/** One observer that passes events on to several, in order. It handles every kind that at least one of them handles. */
export function together(observers: readonly Observer[]): Observer {
  const joined = eventKinds.map((kind) => {
    const handlers = observers.flatMap((observer) => (observer[kind]?.bind(observer) as Handler | undefined) ?? []);
    const passOn: Handler = (event) => {
      for (const handle of handlers) handle(event);
    };
    return [kind, handlers.length < 2 ? handlers[0] : passOn] as const;
  });
  return Object.fromEntries(joined.filter(([, handler]) => handler !== undefined));
}

type Handler = (event: RunEvent) => void;
