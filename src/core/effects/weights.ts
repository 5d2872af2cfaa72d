// Hot where an accelerator has a weight memory: every start and end of a layer passes here.
/**
 * Loads of weights: before a layer whose weights are not in the memory of its accelerator, they are loaded there. See
 * docs/semantics.md, weights. What is there from job to job is in resident-weights.ts.
 */
import type { Clock } from "../engine/clock.ts";
import type { Effect, EffectContext } from "../engine/effect.ts";
import type { Lane } from "../engine/lane.ts";
import type { LiveJob } from "../engine/live-job.ts";
import type { Program } from "../program.ts";
import type { RunTotals, SegmentExtras, WeightTotals } from "../records.ts";
import type { WeightRows } from "../weight-rows.ts";
import type { MakeEffect } from "./make-effect.ts";
import { ResidentWeights } from "./resident-weights.ts";

export const weights: MakeEffect = (context) => {
  const { weights: rows } = context.program;
  return rows === undefined ? undefined : new Weights(context, rows);
};

const NONE = -1;

class Weights implements Effect {
  readonly #program: Program;
  readonly #rows: WeightRows;
  readonly #clock: Clock;
  readonly #lanes: readonly Lane[];
  readonly #endNs: Float64Array;
  readonly #settle: (lane: Lane) => void;
  /** Of each accelerator; undefined: it has none. */
  readonly #memories: readonly (ResidentWeights | undefined)[];
  /** Of each accelerator. */
  readonly #totals: readonly (Mutable<WeightTotals> | undefined)[];
  readonly #overlaps: readonly boolean[];
  /** Row that runs on each lane, and that it loaded; NONE: none. Whether what it loads is kept. */
  readonly #running: Int32Array;
  readonly #loading: Int32Array;
  readonly #isKept: Uint8Array;
  /** Of each lane's load: the part before the work, and its end, at full speed, from the start of the segment. */
  readonly #waitNs: Float64Array;
  readonly #arrivalNs: Float64Array;

  constructor({ program, clock, lanes, endNs, settle }: EffectContext, rows: WeightRows) {
    const { accelerators } = program.system;
    this.#program = program;
    this.#rows = rows;
    this.#clock = clock;
    this.#lanes = lanes;
    this.#endNs = endNs;
    this.#settle = settle;
    this.#memories = accelerators.map(({ weights: memory }, a) =>
      memory === undefined
        ? undefined
        : new ResidentWeights(rows, program.columns, program.fullColumn[a]!, memory.bytes),
    );
    this.#totals = accelerators.map(({ weights: memory }) => memory && { loads: 0, waitNs: 0, bytes: 0, pj: 0 });
    this.#overlaps = accelerators.map(({ weights: memory }) => memory?.overlap === "on");
    this.#running = new Int32Array(lanes.length).fill(NONE);
    this.#loading = new Int32Array(lanes.length).fill(NONE);
    this.#isKept = new Uint8Array(lanes.length);
    this.#waitNs = new Float64Array(lanes.length);
    this.#arrivalNs = new Float64Array(lanes.length);
  }

  begun(lane: Lane): void {
    const memory = this.#memories[lane.acceleratorIndex];
    if (memory === undefined) return;
    const job = lane.job!;
    // The layer before it in the same dispatch is complete, and so is its load.
    if (this.#running[lane.index] !== NONE) this.#leave(lane, job, memory, "arrived");
    this.#running[lane.index] = job.row;
    memory.begin(job.row, this.#clock.nowNs);
    lane.setTraffic(0, 0);
    if (this.#isMissing(job.row, lane.acceleratorIndex, lane.costAt)) this.#load(lane, job, memory);
  }

  #isMissing(row: number, acceleratorIndex: number, costAt: number): boolean {
    const { ns, pj, bytes } = this.#rows;
    const memory = this.#memories[acceleratorIndex]!;
    const isNothing = bytes[costAt] === 0 && ns[costAt] === 0 && pj[costAt] === 0;
    return (
      !isNothing && !memory.has(row) && !(memory.isLoading(row) && this.#hasArrived(row, acceleratorIndex, memory))
    );
  }

  /** Whether another job of the accelerator has loaded what it needs, although it has not yet ended its layer. */
  #hasArrived(row: number, acceleratorIndex: number, memory: ResidentWeights): boolean {
    return this.#lanes.some(
      (lane) =>
        lane.acceleratorIndex === acceleratorIndex &&
        this.#loading[lane.index] !== NONE &&
        this.#isKept[lane.index] === 1 &&
        memory.areSame(this.#loading[lane.index]!, row) &&
        this.#isLoaded(lane),
    );
  }

  #isLoaded(lane: Lane): boolean {
    this.#settle(lane);
    return this.#clock.nowNs - lane.startNs - lane.lagNs >= this.#arrivalNs[lane.index]!;
  }

  #load(lane: Lane, job: LiveJob, memory: ResidentWeights): void {
    const { index, costAt, beforeNs } = lane;
    const loadNs = this.#rows.ns[costAt]!;
    const workNs = this.#endNs[index]! - this.#clock.nowNs - beforeNs;
    const waitNs = this.#overlaps[lane.acceleratorIndex]! ? Math.max(0, loadNs - workNs) : loadNs;
    this.#loading[index] = job.row;
    this.#isKept[index] = memory.startLoad(job.row) ? 1 : 0;
    this.#waitNs[index] = waitNs;
    this.#arrivalNs[index] = beforeNs + loadNs;
    lane.addBefore(waitNs, this.#rows.pj[costAt]!);
    lane.setTraffic(knownBytes(this.#rows.bytes[costAt]!), waitNs);
    this.#endNs[index] = this.#endNs[index]! + waitNs;
    job.weightLoads += 1;
    this.#count(lane);
  }

  #count({ acceleratorIndex, costAt }: Lane): void {
    const totals = this.#totals[acceleratorIndex]!;
    totals.loads += 1;
    totals.bytes += knownBytes(this.#rows.bytes[costAt]!);
    totals.pj += this.#rows.pj[costAt]!;
  }

  /** A lane lets go of a layer: what it loaded has arrived, or was cut short. */
  #leave(lane: Lane, job: LiveJob, memory: ResidentWeights, load: "arrived" | "cut"): void {
    const { index } = lane;
    const row = this.#loading[index]!;
    if (row !== NONE) {
      if (this.#isKept[index] === 1) {
        if (load === "arrived") memory.endLoad(row);
        else memory.cutLoad(row);
      }
      this.#countWait(lane, job, this.#waitedNs(lane, load));
    }
    memory.end(this.#running[index]!);
    this.#running[index] = NONE;
    this.#loading[index] = NONE;
  }

  /** The wait for a cut load begins after what came before it. */
  #waitedNs({ index, startNs, beforeNs }: Lane, load: "arrived" | "cut"): number {
    const waitNs = this.#waitNs[index]!;
    if (load === "arrived") return waitNs;
    return Math.min(waitNs, Math.max(0, this.#clock.nowNs - startNs - (beforeNs - waitNs)));
  }

  #countWait({ acceleratorIndex, units }: Lane, job: LiveJob, waitNs: number): void {
    const totals = this.#totals[acceleratorIndex]!;
    job.weightWaitNs += waitNs;
    totals.waitNs += waitNs * units;
  }

  freed(lane: Lane, job: LiveJob): void {
    const memory = this.#memories[lane.acceleratorIndex];
    if (memory === undefined) return;
    const hasArrived = lane.progressAfter === 1 || this.#loading[lane.index] === NONE || this.#isLoaded(lane);
    this.#leave(lane, job, memory, hasArrived ? "arrived" : "cut");
  }

  /** Only the next layer's: those behind it are loaded when they come, perhaps elsewhere. */
  moveNs(job: LiveJob, acceleratorIndex: number): number {
    const at = this.#costAt(job, acceleratorIndex);
    if (this.#memories[acceleratorIndex] === undefined || !this.#isMissing(job.row, acceleratorIndex, at)) return 0;
    const loadNs = this.#rows.ns[at]!;
    if (!this.#overlaps[acceleratorIndex]) return loadNs;
    return Math.max(0, loadNs - Math.round((1 - job.progress) * this.#program.latencyNs[at]! * job.scale));
  }

  movePj(job: LiveJob, acceleratorIndex: number): number {
    const at = this.#costAt(job, acceleratorIndex);
    if (this.#memories[acceleratorIndex] === undefined) return 0;
    return this.#isMissing(job.row, acceleratorIndex, at) ? this.#rows.pj[at]! : 0;
  }

  #costAt({ row }: LiveJob, acceleratorIndex: number): number {
    return row * this.#program.columns + this.#program.fullColumn[acceleratorIndex]!;
  }

  recordOf({ index, costAt }: Lane): Partial<SegmentExtras> {
    if (this.#loading[index] === NONE) return {};
    const { ns, pj, bytes } = this.#rows;
    return { load: { ns: ns[costAt]!, waitNs: this.#waitNs[index]!, pj: pj[costAt]!, bytes: bytes[costAt]! } };
  }

  totals(): Partial<RunTotals> {
    return { weights: this.#totals };
  }
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Bytes that are not known make no traffic. */
const knownBytes = (bytes: number): number => (Number.isNaN(bytes) ? 0 : bytes);
