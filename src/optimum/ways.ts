/** The ways in which a waiting job may run on an accelerator, and what a round of choices may do. */
import type { Program } from "../core/program.ts";
import type { AcceleratorView, Decisions, ReadyJob, View } from "../core/scheduler.ts";
import type { Bound } from "./bound.ts";
import type { Granularity } from "./decision-model.ts";
import type { Progress } from "./progress.ts";
import type { SearchProblem } from "./search-problem.ts";
import type { Tape } from "./tape.ts";

/** The choices of one instant. */
export interface Round {
  /** Before a run. */
  reset(): void;
  /** Returns whether the instant is over: nothing more is decided until something has happened. */
  decide(view: View, decisions: Decisions): boolean;
}

/** What rounds choose by, and how they decide. */
export interface Ways {
  readonly problem: SearchProblem;
  readonly tape: Tape;
  readonly bound: Bound;
  readonly progress: Progress;
  readonly toRun: WaysToRun;
  visit(view: View, stateOf: () => string): void;
  prune(): never;
  drop(job: ReadyJob, nowNs: number, decisions: Decisions): void;
  chooseVariant(job: ReadyJob, variant: number, nowNs: number, decisions: Decisions): void;
  run(job: ReadyJob, on: AcceleratorView, how: Amount, nowNs: number, decisions: Decisions): void;
}

interface Amount {
  /** Infinity: all that is left. */
  readonly layers: number;
  readonly units: number;
}

/** A way to run a waiting job. */
export interface Way extends Amount {
  readonly variantIndex: number;
  readonly layerIndex: number;
}

/** The ways to run jobs of a case. They are kept, because every run of a search asks for the same ones. */
export class WaysToRun {
  readonly #problem: SearchProblem;
  readonly #known = new Map<string, readonly Way[]>();

  constructor(problem: SearchProblem) {
    this.#problem = problem;
  }

  /** On that many units of an accelerator; none if it cannot run the job. */
  of(job: ReadyJob, number: number, on: AcceleratorView, units: number): readonly Way[] {
    const { variantIndex, layerIndex, hasStarted, canChooseVariant } = job;
    const key = `${number},${variantIndex},${layerIndex},${hasStarted},${canChooseVariant},${on.index},${units}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = waysToRun(this.#problem, job, on, units);
    this.#known.set(key, found);
    return found;
  }
}

function waysToRun(
  { program, ahead, model }: SearchProblem,
  job: ReadyJob,
  on: AcceleratorView,
  units: number,
): readonly Way[] {
  const { work } = ahead.jobs[ahead.numberOf(job.task.index, job.jobIndex)]!;
  const { variantIndex, layerIndex, hasStarted, canChooseVariant } = job;
  const starts = canChooseVariant ? work.waysOn(variantIndex, layerIndex, hasStarted) : [[variantIndex, layerIndex]];
  return starts.flatMap(([v, layer]) =>
    amounts(program, model.granularity, job.task.index, v!, layer!)
      .map((layers) => ({ variantIndex: v!, layerIndex: layer!, layers, units }))
      .filter((way) => program.isComplete || canRun(job, on, way)),
  );
}

/** Numbers of layers. Where a dispatch costs nothing, one layer after the other is as good as several at once. */
function amounts(
  { system, tasks }: Program,
  granularity: Granularity,
  taskIndex: number,
  variantIndex: number,
  layerIndex: number,
): readonly number[] {
  if (granularity === "model") return [Infinity];
  if (granularity !== "layer") return [granularity];
  if ((system.decisionOverheadNs ?? 0) === 0) return [1];
  const { firstRow, endRow } = tasks[taskIndex]!;
  const left = endRow[variantIndex]! - firstRow[variantIndex]! - layerIndex;
  return Array.from({ length: left }, (_, i) => (i === left - 1 ? Infinity : i + 1));
}

function canRun({ task }: ReadyJob, on: AcceleratorView, { variantIndex, layerIndex, layers, units }: Way): boolean {
  const costs = task.layerCosts(variantIndex);
  if (layers === Infinity) return costs.remainingNs(layerIndex, on, units) < Infinity;
  for (let layer = layerIndex; layer < Math.min(costs.length, layerIndex + layers); layer++)
    if (costs.latencyNs(layer, on, units) === Infinity) return false;
  return true;
}
