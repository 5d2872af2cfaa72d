/** The tracks of accelerators, one for each lane: dispatched jobs, and within them their layers. */
import type {
  DispatchEnded,
  InputsRead,
  JobDispatched,
  JobPreempted,
  SegmentBegun,
  SegmentEnded,
} from "../../core/events.ts";
import type { Scenario } from "../../core/scenario.ts";
import type { System } from "../../core/system.ts";
import type { Arrows } from "./arrows.ts";
import type { Reasons } from "./reasons.ts";
import type { Arrow, Details, RecordSink, Track } from "./trace-record.ts";
import type { Tracks } from "./tracks.ts";

const RANKS_PER_ACCELERATOR = 1_000_000;
/** The lane, and what happens on it, which a slice would hide. */
const rows = ["", "preemptions", "context switches", "weight loads"] as const;

/** Where something happens on an accelerator. */
type Place = Pick<JobDispatched, "acceleratorIndex" | "lane">;

type DeadlineOf = (job: Pick<JobDispatched, "taskIndex" | "jobIndex">) => number;

export class AcceleratorTracks {
  readonly #scenario: Scenario;
  readonly #system: System;
  readonly #tracks: Tracks;
  readonly #arrows: Arrows;
  readonly #reasons: Reasons;
  readonly #sink: RecordSink;
  readonly #deadlineNsOf: DeadlineOf;
  /** A dispatch whose slice has not begun: what it reads is told after it. */
  #dispatched: { readonly event: JobDispatched; readonly why: Details; arrows: readonly Arrow[] } | undefined;

  constructor(
    scenario: Scenario,
    system: System,
    parts: {
      readonly tracks: Tracks;
      readonly arrows: Arrows;
      readonly reasons: Reasons;
      readonly sink: RecordSink;
      readonly deadlineNsOf: DeadlineOf;
    },
  ) {
    this.#deadlineNsOf = parts.deadlineNsOf;
    this.#scenario = scenario;
    this.#system = system;
    this.#tracks = parts.tracks;
    this.#arrows = parts.arrows;
    this.#reasons = parts.reasons;
    this.#sink = parts.sink;
  }

  dispatched(event: JobDispatched): void {
    this.#dispatched = { event, why: this.#reasons.of("run", event), arrows: [] };
  }

  inputsRead({ taskIndex, jobIndex, reads }: InputsRead): void {
    if (this.#dispatched !== undefined) this.#dispatched.arrows = this.#arrows.toReader(taskIndex, jobIndex, reads);
  }

  segmentBegun(_: SegmentBegun): void {
    if (this.#dispatched === undefined) return;
    const { event, why, arrows } = this.#dispatched;
    this.#dispatched = undefined;
    const details = { ...this.#dispatchDetails(event), ...why };
    this.#sink({
      kind: "begin",
      track: this.#track(event),
      name: this.#nameOf(event),
      taskIndex: event.taskIndex,
      ns: event.timeNs,
      details,
      ...(arrows.length > 0 && { arrows }),
    });
    if (event.transfers > 0) this.#switched(event);
  }

  segmentEnded(segment: SegmentEnded): void {
    const { taskIndex, startNs, endNs, load } = segment;
    const [track, name, details] = [this.#track(segment), this.#layerName(segment), this.#layerDetails(segment)];
    this.#sink({ kind: "slice", track, name, taskIndex, ns: startNs, endNs, details });
    if (load === undefined) return;
    const loadDetails = {
      loadMs: load.ns / 1e6,
      waitMs: load.waitNs / 1e6,
      bytes: load.bytes,
      energyMj: load.pj / 1e9,
    };
    const track2 = this.#track(segment, "weight loads");
    this.#sink({
      kind: "instant",
      track: track2,
      name: `load ${this.#nameOf(segment)}`,
      ns: startNs,
      details: loadDetails,
    });
  }

  preempted(event: JobPreempted): void {
    const details = { job: event.jobIndex, how: event.how, ...this.#reasons.of("preempt", event) };
    const name = `${event.how} ${this.#nameOf(event)}`;
    this.#sink({ kind: "instant", track: this.#track(event, "preemptions"), name, ns: event.timeNs, details });
  }

  dispatchEnded(event: DispatchEnded): void {
    this.#sink({ kind: "end", track: this.#track(event), ns: event.timeNs, details: { ended: event.why } });
  }

  #switched(event: JobDispatched): void {
    const details = { job: event.jobIndex, moves: event.transfers, switchInMs: (event.switchInNs ?? 0) / 1e6 };
    const track = this.#track(event, "context switches");
    this.#sink({ kind: "instant", track, name: `switch to ${this.#nameOf(event)}`, ns: event.timeNs, details });
  }

  #nameOf({ taskIndex, jobIndex }: Pick<JobDispatched, "taskIndex" | "jobIndex">): string {
    return `${this.#scenario.tasks[taskIndex]!.id} #${jobIndex}`;
  }

  #dispatchDetails(event: JobDispatched): Details {
    const { id, model } = this.#scenario.tasks[event.taskIndex]!;
    const deadlineNs = this.#deadlineNsOf(event);
    return {
      task: id,
      job: event.jobIndex,
      deadlineMs: deadlineNs === Infinity ? undefined : deadlineNs / 1e6,
      model: model.name,
      variant: model.variants.length > 1 ? model.variants[event.variantIndex]!.name : undefined,
      layers: event.layers,
      units: this.#system.accelerators[event.acceleratorIndex]!.units > 1 ? event.units : undefined,
      resumesAfter: event.resumesAfter,
      overheadMs: event.overheadNs === undefined ? undefined : event.overheadNs / 1e6,
    };
  }

  #layerDetails(segment: SegmentEnded): Details {
    const { operatingPoints } = this.#system.accelerators[segment.acceleratorIndex]!;
    const { operatingPoint, progressBefore, progressAfter, lagNs } = segment;
    return {
      layer: segment.layerIndex,
      latencyMs: (segment.endNs - segment.startNs) / 1e6,
      energyMj: segment.energyPj / 1e9,
      ended: segment.end,
      progressBefore: progressBefore || undefined,
      progressAfter: progressAfter === 1 ? undefined : progressAfter,
      switchInMs: segment.switchInNs / 1e6 || undefined,
      switchOutMs: segment.switchOutNs / 1e6 || undefined,
      contentionMs: lagNs === undefined ? undefined : lagNs / 1e6,
      operatingPoint: operatingPoint === undefined ? undefined : operatingPoints?.[operatingPoint]?.name,
    };
  }

  /** Measured models have no layers of their own. */
  #layerName({ taskIndex, variantIndex, layerIndex }: SegmentEnded): string {
    const { layers } = this.#scenario.tasks[taskIndex]!.model.variants[variantIndex]!;
    return layers[layerIndex]?.name ?? `layer ${layerIndex}`;
  }

  #track({ acceleratorIndex, lane }: Place, row: (typeof rows)[number] = ""): Track {
    const { id, units } = this.#system.accelerators[acceleratorIndex]!;
    const place = units > 1 ? `${id} lane ${lane}` : id;
    const rank = acceleratorIndex * RANKS_PER_ACCELERATOR + lane * rows.length + rows.indexOf(row);
    return this.#tracks.at("accelerators", rank, row === "" ? place : `${place} ${row}`);
  }
}
