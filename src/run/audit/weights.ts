/**
 * Weights are loaded exactly if they are not there, at their cost; a memory never holds more than it has room for, and
 * what makes room is what was used longest ago. Replayed from the order of events alone.
 */

import type { SegmentBegun, SegmentEnded } from "../../core/events.ts";
import { costIndexOf, type Program, rowOf } from "../../core/program.ts";
import type { Segment, WeightLoad } from "../../core/records.ts";
import { sum } from "../../core/sum.ts";
import type { WeightRows } from "../../core/weight-rows.ts";
import { keyOf, layerNsOf, nameOf, scalesOf } from "./log.ts";
import type { RunLog } from "./run-log.ts";

/** A segment begins or ends; one that begins knows how it will end. */
interface Mark {
  readonly kind: "begin" | "end";
  readonly segment: Segment;
}

export function weightFindings(log: RunLog): string[] {
  const { weights } = log.program;
  if (weights === undefined)
    return log.segments.filter(({ load }) => load).map((each) => `${place(log, each)} loads weights`);
  const marks = marksOf(log.marks);
  const scaleOf = scalesOf(log.jobs);
  const memories = log.program.system.accelerators.map((_, index) => new Memory(log, weights, index, scaleOf));
  const findings = marks.flatMap((mark) => memories[mark.segment.acceleratorIndex]!.follow(mark));
  return [...findings.map(({ segment, what }) => `${place(log, segment)} ${what}`), ...countFindings(log, memories)];
}

const place = ({ program }: RunLog, segment: Segment): string => `${nameOf(program, segment)} at ${segment.startNs} ns`;

function marksOf(events: readonly (SegmentBegun | SegmentEnded)[]): readonly Mark[] {
  const next = new Map<string, Segment>();
  const marks = [...events].reverse().flatMap((event): Mark[] => {
    const lane = `${event.acceleratorIndex}/${event.lane}`;
    const segment = event.kind === "segmentEnded" ? event : next.get(lane);
    if (event.kind === "segmentEnded") next.set(lane, event);
    return segment === undefined ? [] : [{ kind: event.kind === "segmentEnded" ? "end" : "begin", segment }];
  });
  return marks.reverse();
}

interface Finding {
  readonly segment: Segment;
  readonly what: string;
}

/** What a memory holds of a set, there or on its way. */
interface Kept {
  readonly rows: Map<number, { readonly bytes: number; isThere: boolean }>;
  lastUseNs: number;
}

/** A layer that runs. */
interface Running {
  readonly set: number;
  readonly row: number;
  readonly segment: Segment;
  /** Whether it loads its weights to be kept. */
  isKept: boolean;
}

class Memory {
  readonly totals = { loads: 0, waitNs: 0, bytes: 0, pj: 0 };
  readonly byJob = new Map<string, { loads: number; waitNs: number }>();
  readonly hasOne: boolean;
  readonly #program: Program;
  readonly #seed: number;
  readonly #rows: WeightRows;
  readonly #index: number;
  readonly #scaleOf: (segment: Segment) => number;
  readonly #isSingle: boolean;
  readonly #capacity: number;
  /** By set. */
  readonly #kept = new Map<number, Kept>();
  readonly #running: Running[] = [];

  constructor({ program, options }: RunLog, rows: WeightRows, index: number, scaleOf: (segment: Segment) => number) {
    const memory = program.system.accelerators[index]!.weights;
    this.hasOne = memory !== undefined;
    this.#program = program;
    this.#seed = options.seed;
    this.#rows = rows;
    this.#index = index;
    this.#scaleOf = scaleOf;
    this.#isSingle = memory?.bytes === undefined;
    this.#capacity = memory?.bytes ?? Infinity;
  }

  follow({ kind, segment }: Mark): Finding[] {
    if (!this.hasOne) return segment.load === undefined ? [] : [{ segment, what: "loads weights" }];
    const whats = kind === "begin" ? this.#begin(segment) : this.#end(segment);
    return whats.map((what) => ({ segment, what }));
  }

  #begin(segment: Segment): readonly string[] {
    const ownRow = rowOf(this.#program, segment);
    const row = this.#rows.weightsOf[ownRow]!;
    const running = { set: this.#setOf(ownRow), row, segment, isKept: false };
    const isThere = this.#isThere(running) || this.#hasArrived(running);
    this.#running.push(running);
    const kept = this.#kept.get(running.set);
    if (kept !== undefined) kept.lastUseNs = segment.startNs;
    const wanted = isThere ? undefined : this.#loadOf(segment);
    if (segment.load !== undefined) running.isKept = this.#keep(running);
    return loadFindings(segment.load, wanted);
  }

  #isThere({ set, row }: Running): boolean {
    return this.#kept.get(set)?.rows.get(row)?.isThere ?? false;
  }

  /** Another job has loaded it for the layer that it still runs. The log has no time for one that others slow down. */
  #hasArrived({ row, segment }: Running): boolean {
    return this.#running.some((other) => {
      if (!other.isKept || other.row !== row) return false;
      if (other.segment.lagNs !== undefined) return segment.load === undefined;
      return segment.startNs - other.segment.startNs >= arrivalNs(other.segment);
    });
  }

  /** Undefined: there is nothing to load. */
  #loadOf(segment: Segment): WeightLoad | undefined {
    const at = costIndexOf(this.#program, segment);
    const cost = { ns: this.#rows.ns[at]!, pj: this.#rows.pj[at]!, bytes: this.#rows.bytes[at]! };
    if (cost.ns === 0 && cost.pj === 0 && cost.bytes === 0) return undefined;
    return { ...cost, waitNs: Math.max(0, cost.ns - this.#coveredNs(segment)) };
  }

  /** The work under which a load goes on: none, unless the two overlap. */
  #coveredNs(segment: Segment): number {
    if (this.#program.system.accelerators[this.#index]!.weights!.overlap === "off") return 0;
    const wholeNs = layerNsOf(this.#program, this.#seed, segment, this.#scaleOf(segment));
    return wholeNs - Math.floor(Math.round(segment.progressBefore * wholeNs * 1e9) / 1e9);
  }

  /** The layers of a variant are kept together if they all fit. */
  #setOf(row: number): number {
    const [firstRow, endRow] = this.#rows.variants.find(([first, end]) => first <= row && row < end)!;
    const rows = Array.from({ length: endRow - firstRow }, (_, i) => firstRow + i);
    const own = rows.filter((each) => this.#rows.weightsOf[each] === each);
    return sum(own.map((each) => this.#bytesOf(each))) <= this.#capacity ? firstRow : this.#rows.weightsOf[row]!;
  }

  #bytesOf(row: number): number {
    const { columns, fullColumn } = this.#program;
    const bytes = Math.ceil(this.#rows.bytes[row * columns + fullColumn[this.#index]!]!);
    return Number.isNaN(bytes) ? (this.#isSingle ? 0 : this.#capacity) : bytes;
  }

  /** Makes room; false: there is none beside what runs. */
  #keep({ set, row, segment }: Running): boolean {
    if (this.#kept.get(set)?.rows.has(row)) return true;
    const bytes = this.#bytesOf(row);
    const isRunning = (each: number) => this.#running.some((running) => running.set === each);
    const sets = [...this.#kept];
    const runningBytes = sum(sets.map(([each, kept]) => (isRunning(each) ? heldBytes(kept) : 0)));
    const isBarred = this.#isSingle && sets.some(([each]) => each !== set && isRunning(each));
    if (isBarred || runningBytes + bytes > this.#capacity) return false;
    const idle = sets.filter(([each]) => !isRunning(each));
    for (const [each] of idle.sort(([a, x], [b, y]) => x.lastUseNs - y.lastUseNs || a - b)) {
      if (this.#isSingle || this.#heldBytes + bytes > this.#capacity) this.#kept.delete(each);
    }
    const kept = this.#kept.get(set) ?? { rows: new Map(), lastUseNs: segment.startNs };
    kept.rows.set(row, { bytes, isThere: false });
    this.#kept.set(set, kept);
    return true;
  }

  get #heldBytes(): number {
    return sum([...this.#kept.values()].map(heldBytes));
  }

  #end(segment: Segment): readonly string[] {
    const at = this.#running.findIndex((each) => each.segment === segment);
    if (at < 0) return ["ended without having begun"];
    const [running] = this.#running.splice(at, 1);
    const { load } = segment;
    if (load === undefined) return [];
    const elapsedNs = segment.endNs - segment.startNs;
    const hasArrived = segment.progressAfter === 1 || elapsedNs - (segment.lagNs ?? 0) >= arrivalNs(segment);
    const cutWaitNs = Math.min(load.waitNs, Math.max(0, elapsedNs - inFrontNs(segment)));
    this.#count(segment, load, hasArrived ? load.waitNs : cutWaitNs);
    if (running!.isKept) this.#endLoad(running!, hasArrived);
    return this.#roomFindings();
  }

  #endLoad({ set, row }: Running, hasArrived: boolean): void {
    const { rows } = this.#kept.get(set)!;
    const state = rows.get(row)!;
    if (hasArrived) state.isThere = true;
    else if (!state.isThere && !this.#running.some((each) => each.isKept && each.row === row)) rows.delete(row);
    if (rows.size === 0) this.#kept.delete(set);
  }

  #count(segment: Segment, { pj, bytes }: WeightLoad, waitNs: number): void {
    this.totals.loads += 1;
    this.totals.waitNs += waitNs * segment.units;
    this.totals.bytes += Number.isNaN(bytes) ? 0 : bytes;
    this.totals.pj += pj;
    const ofJob = this.byJob.get(keyOf(segment)) ?? { loads: 0, waitNs: 0 };
    this.byJob.set(keyOf(segment), { loads: ofJob.loads + 1, waitNs: ofJob.waitNs + waitNs });
  }

  #roomFindings(): readonly string[] {
    const isOver = this.#heldBytes > this.#capacity || (this.#isSingle && this.#kept.size > 1);
    return isOver ? [`finds ${this.#heldBytes} bytes in a memory of ${this.#capacity}`] : [];
  }
}

const heldBytes = ({ rows }: Kept): number => sum([...rows.values()].map(({ bytes }) => bytes));

/** What comes before the load. */
const inFrontNs = ({ overheadNs = 0, switchInNs }: Segment): number => overheadNs + switchInNs;

/** From the start of the segment, at full speed. */
const arrivalNs = (segment: Segment): number => inFrontNs(segment) + segment.load!.ns;

function loadFindings(load: WeightLoad | undefined, wanted: WeightLoad | undefined): readonly string[] {
  if (load === undefined && wanted === undefined) return [];
  if (load === undefined) return ["does not load its weights, which are not there"];
  if (wanted === undefined) return ["loads weights that are there"];
  const names = ["ns", "waitNs", "pj", "bytes"] as const;
  const wrong = names.filter((name) => !Object.is(load[name], wanted[name]));
  return wrong.map((name) => `loads its weights with ${name} ${load[name]}, not ${wanted[name]}`);
}

/** Compares the counts of jobs and accelerators with those of the segments. */
function countFindings({ program, jobs, totals }: RunLog, memories: readonly Memory[]): string[] {
  const findings: string[] = [];
  const check = (name: string, what: string, logged: number | undefined, counted: number) => {
    if (Math.abs((logged ?? 0) - counted) > RELATIVE_TOLERANCE * counted)
      findings.push(`${name} reports ${what} ${logged}, its segments ${counted}`);
  };
  for (const job of jobs) {
    const counts = memories.flatMap(({ byJob }) => byJob.get(keyOf(job)) ?? []);
    check(nameOf(program, job), "weight loads", job.weights?.loads, sum(counts.map(({ loads }) => loads)));
    check(nameOf(program, job), "load wait", job.weights?.waitNs, sum(counts.map(({ waitNs }) => waitNs)));
  }
  memories.forEach(({ totals: counted }, index) => {
    const name = `accelerator "${program.system.accelerators[index]!.id}"`;
    const logged = totals.weights?.[index];
    for (const key of ["loads", "waitNs", "bytes", "pj"] as const)
      check(name, `load ${key}`, logged?.[key], counted[key]);
  });
  return findings;
}

/** Sums of fractions may add in different orders. */
const RELATIVE_TOLERANCE = 1e-9;
