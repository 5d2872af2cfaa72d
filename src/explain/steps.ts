/** The steps of a story while they grow: decisions and dispatches in a row become one step. */
import type { DecisionExplained, JobDispatched, SegmentEnded } from "../core/events.ts";
import type { Program } from "../core/program.ts";
import type { HeldBackStep, Judgement, PassedOverStep, RanStep, Step } from "../records/explanation.ts";
import { acceleratorId, judgementOf, msOf, taskId, variantName } from "./names.ts";
import { partsOf } from "./time-shares.ts";

/** A step that may grow. */
export interface GrowingStep {
  step(): Step;
}

/** A step that does not grow. */
export const fixedStep = (step: Step): GrowingStep => ({ step: () => step });

/** Decisions for others, or for nobody, while the job was ready. */
export class Waiting implements GrowingStep {
  readonly kind: "passedOver" | "heldBack";
  readonly #program: Program;
  readonly #first: DecisionExplained;
  #last: DecisionExplained;
  #decisions = 0;
  #asCandidate = 0;
  /** By task and job. */
  readonly #picked = new Map<string, { readonly task: string; readonly job: number; times: number }>();

  constructor(program: Program, event: DecisionExplained) {
    this.kind = event.decision === "wait" ? "heldBack" : "passedOver";
    this.#program = program;
    this.#first = event;
    this.#last = event;
  }

  add(event: DecisionExplained, isCandidate: boolean): void {
    this.#last = event;
    this.#decisions += 1;
    if (isCandidate) this.#asCandidate += 1;
    const { taskIndex, jobIndex } = event;
    if (taskIndex === undefined || jobIndex === undefined) return;
    const key = `${taskIndex}:${jobIndex}`;
    const entry = this.#picked.get(key) ?? { task: taskId(this.#program, taskIndex), job: jobIndex, times: 0 };
    entry.times += 1;
    this.#picked.set(key, entry);
  }

  step(): PassedOverStep | HeldBackStep {
    const span = { fromMs: msOf(this.#first.timeNs), toMs: msOf(this.#last.timeNs) };
    const decisions = this.#decisions;
    const first = judgementOf(this.#program, this.#first);
    if (this.kind === "heldBack") return { kind: "heldBack", ...span, decisions, first };
    return {
      kind: "passedOver",
      ...span,
      decisions,
      asCandidate: this.#asCandidate,
      // Stable: those that were picked equally often stay in order of their first time.
      picked: [...this.#picked.values()].sort((a, b) => b.times - a.times),
      first,
      ...(decisions > 1 && { last: judgementOf(this.#program, this.#last) }),
    };
  }
}

/** Dispatches of the job in a row on the same units of the same accelerator. */
export class Running implements GrowingStep {
  readonly #program: Program;
  readonly #dispatch: JobDispatched;
  readonly #first: DecisionExplained | undefined;
  #last: DecisionExplained | undefined;
  #dispatches = 0;
  #firstLayer: number;
  #lastLayer: number;
  #toNs: number;
  #end: RanStep["end"] = "layersDone";
  readonly #sums = { switchInNs: 0, switchOutNs: 0, weightLoads: 0, weightWaitNs: 0, overheadNs: 0, contentionNs: 0 };
  #energyPj = 0;

  constructor(program: Program, dispatch: JobDispatched, why: DecisionExplained | undefined) {
    this.#program = program;
    this.#dispatch = dispatch;
    this.#first = why;
    this.#firstLayer = dispatch.layerIndex;
    this.#lastLayer = dispatch.layerIndex;
    this.#toNs = dispatch.timeNs;
  }

  /** Whether a further dispatch belongs to this step. */
  goesOn({ acceleratorIndex, units, variantIndex, timeNs }: JobDispatched): boolean {
    const own = this.#dispatch;
    const isSamePlace = own.acceleratorIndex === acceleratorIndex && own.units === units;
    return isSamePlace && own.variantIndex === variantIndex && this.#toNs === timeNs && this.#end === "layersDone";
  }

  dispatched(why: DecisionExplained | undefined): void {
    this.#dispatches += 1;
    this.#last = why;
  }

  ran(segment: SegmentEnded): void {
    const parts = partsOf(segment);
    const sums = this.#sums;
    this.#firstLayer = Math.min(this.#firstLayer, segment.layerIndex);
    this.#lastLayer = Math.max(this.#lastLayer, segment.layerIndex);
    this.#toNs = segment.endNs;
    this.#energyPj += segment.energyPj;
    sums.switchInNs += parts.switchInNs;
    sums.switchOutNs += parts.switchOutNs;
    sums.weightLoads += segment.load === undefined ? 0 : 1;
    sums.weightWaitNs += parts.weightWaitNs;
    sums.overheadNs += parts.overheadNs;
    sums.contentionNs += parts.contentionNs;
  }

  ended(timeNs: number, why: RanStep["end"]): void {
    this.#toNs = timeNs;
    this.#end = why;
  }

  step(): RanStep {
    const { timeNs, acceleratorIndex, units, taskIndex, variantIndex } = this.#dispatch;
    const { switchInNs, switchOutNs, weightLoads, weightWaitNs, overheadNs, contentionNs } = this.#sums;
    const judgement = (event: DecisionExplained): Judgement => judgementOf(this.#program, event);
    return {
      kind: "ran",
      fromMs: msOf(timeNs),
      toMs: msOf(this.#toNs),
      accelerator: acceleratorId(this.#program, acceleratorIndex),
      units,
      variant: variantName(this.#program, taskIndex, variantIndex),
      dispatches: this.#dispatches,
      firstLayer: this.#firstLayer,
      lastLayer: this.#lastLayer,
      switchInMs: msOf(switchInNs),
      switchOutMs: msOf(switchOutNs),
      weightLoads,
      weightWaitMs: msOf(weightWaitNs),
      overheadMs: msOf(overheadNs),
      contentionMs: msOf(contentionNs),
      energyMj: Number.isNaN(this.#energyPj) ? null : this.#energyPj / 1e9,
      end: this.#end,
      ...(this.#first !== undefined && { first: judgement(this.#first) }),
      ...(this.#dispatches > 1 && this.#last !== undefined && { last: judgement(this.#last) }),
    };
  }
}
