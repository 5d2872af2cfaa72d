/** Counters of the whole system: ready jobs, busy units, power, and off-chip bandwidth that layers ask for. */
import type { DispatchEnded, JobDispatched, JobDropped, SegmentBegun, SegmentEnded } from "../../core/events.ts";
import type { System } from "../../core/system.ts";
import type { RecordSink } from "./trace-record.ts";
import type { Tracks } from "./tracks.ts";

/** What a counter needs of costs; undefined: the costs do not know it, so there is no counter. */
export interface CounterCosts {
  readonly knowsPower: boolean;
  /** Off-chip traffic of a layer relative to its time, bytes a ns. */
  readonly trafficGBs: ((segment: SegmentBegun) => number) | undefined;
}

interface Counter {
  readonly name: string;
  readonly unit: string | undefined;
  readonly currentValue: () => number;
  /** The last value written; undefined: none. */
  written: number | undefined;
}

interface Lane {
  readonly acceleratorIndex: number;
  units: number;
  powerMw: number;
  trafficGBs: number;
}

/** Writes a value for each time at which it changes, with all changes of that time. */
export class Counters {
  readonly #system: System;
  readonly #costs: CounterCosts;
  readonly #tracks: Tracks;
  readonly #sink: RecordSink;
  readonly #counters: readonly Counter[];
  readonly #lanes = new Map<string, Lane>();
  #readyJobs = 0;
  #nowNs = 0;

  constructor(system: System, costs: CounterCosts, tracks: Tracks, sink: RecordSink) {
    this.#system = system;
    this.#costs = costs;
    this.#tracks = tracks;
    this.#sink = sink;
    const counter = (name: string, unit: string | undefined, currentValue: () => number) => ({
      name,
      unit,
      currentValue,
      written: undefined,
    });
    this.#counters = [
      counter("ready jobs", undefined, () => this.#readyJobs),
      counter("utilisation", "%", () => this.#utilisationPercent()),
      ...(costs.knowsPower ? [counter("power", "W", () => this.#powerMw() / 1000)] : []),
      ...(costs.trafficGBs === undefined ? [] : [counter("bandwidth demand", "GB/s", () => this.#trafficGBs())]),
    ];
  }

  /** Called before the changes of a time. */
  timeIs(nowNs: number): void {
    if (nowNs > this.#nowNs) this.#write();
    this.#nowNs = nowNs;
  }

  finish(): void {
    this.#write();
  }

  released(): void {
    this.#readyJobs += 1;
  }

  dispatched(event: JobDispatched): void {
    this.#readyJobs -= 1;
    this.#laneOf(event).units = event.units;
  }

  segmentBegun(event: SegmentBegun): void {
    const lane = this.#laneOf(event);
    lane.units = event.units;
    lane.powerMw = event.powerMw;
    lane.trafficGBs = this.#costs.trafficGBs?.(event) ?? 0;
  }

  segmentEnded(event: SegmentEnded): void {
    const lane = this.#laneOf(event);
    lane.powerMw = 0;
    lane.trafficGBs = 0;
  }

  dispatchEnded(event: DispatchEnded): void {
    this.#laneOf(event).units = 0;
    if (event.why !== "completed") this.#readyJobs += 1;
  }

  dropped({ dropReason }: JobDropped): void {
    const wasReleased = dropReason !== "parent" && dropReason !== "refused";
    if (wasReleased) this.#readyJobs -= 1;
  }

  #laneOf({ acceleratorIndex, lane }: Pick<JobDispatched, "acceleratorIndex" | "lane">): Lane {
    const key = `${acceleratorIndex} ${lane}`;
    const known = this.#lanes.get(key);
    if (known !== undefined) return known;
    const added = { acceleratorIndex, units: 0, powerMw: 0, trafficGBs: 0 };
    this.#lanes.set(key, added);
    return added;
  }

  #write(): void {
    for (const [rank, counter] of this.#counters.entries()) {
      const value = counter.currentValue();
      if (value === counter.written) continue;
      counter.written = value;
      const track = this.#tracks.at("counters", rank, counter.name, counter.unit);
      this.#sink({ kind: "counter", track, ns: this.#nowNs, value });
    }
  }

  #utilisationPercent(): number {
    const all = this.#system.accelerators.reduce((sum, { units }) => sum + units, 0);
    return (100 * this.#sum(({ units }) => units)) / all;
  }

  /** An accelerator that runs nothing takes its idle power. */
  #powerMw(): number {
    const busy = new Set(
      [...this.#lanes.values()].filter(({ units }) => units > 0).map((lane) => lane.acceleratorIndex),
    );
    const idleMw = this.#system.accelerators.reduce(
      (sum, { idlePowerMw }, index) => sum + (busy.has(index) ? 0 : idlePowerMw),
      0,
    );
    return idleMw + this.#sum(({ powerMw }) => powerMw);
  }

  #trafficGBs(): number {
    return this.#sum(({ trafficGBs }) => trafficGBs);
  }

  #sum(partOf: (lane: Lane) => number): number {
    let sum = 0;
    for (const lane of this.#lanes.values()) sum += partOf(lane);
    return sum;
  }
}
