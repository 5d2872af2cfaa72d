/**
 * Online tuning finds MapScore's weights while the workload runs. Source: SDRM3 / DREAM (ASPLOS 2023): the objective is
 * the UXCost of the last window, and a change of workload restarts the search.
 * Adaptation: a window contains the jobs that ended in it; an empty window is skipped. Worst-case energy is the
 * expectation that a policy sees. A new search starts from the best weights so far, without the window that showed the
 * change. `workload-change.ts` defines a change.
 * If an energy is not known, a window's cost is its violation rates alone.
 */
import type { Platform, ReadyJob, TaskView } from "../../core/scheduler.ts";
import type { ChoiceParameter, ParameterDeclarations, ValuesOf } from "../define-scheduler.ts";
import { type Bound, NeighbourSearch, type Point } from "./neighbour-search.ts";
import { WindowCost } from "./window-cost.ts";
import { WorkloadChange } from "./workload-change.ts";

export type TuningMode = "off" | "online";

const onlyWith = { parameter: "tuning", value: "online" };

const searchParameters = {
  // 60, 45, 30 and 15 fps repeat every 66.7 ms: three rounds, 12 frames of a 60 fps task.
  windowMs: {
    kind: "number",
    summary: "time over which online tuning measures UXCost",
    default: 200,
    min: 0.001,
    onlyWith,
  },
  steps: { kind: "number", summary: "steps of an online search", default: 5, min: 1, isInteger: true, onlyWith },
  radius: {
    kind: "number",
    summary: "distance of an online search's first neighbours, as a share of the weights' range",
    default: 0.25,
    min: 0.001,
    max: 1,
    onlyWith,
  },
} satisfies ParameterDeclarations;

const tuning = (byDefault: TuningMode): ChoiceParameter<TuningMode> => ({
  kind: "choice",
  summary: "whether alpha and beta are fixed (off), or where a search begins while the workload runs (online)",
  default: byDefault,
  choices: ["off", "online"],
});

export const tuningParameters = (byDefault: TuningMode) => ({ tuning: tuning(byDefault), ...searchParameters });

export type TuningValues = ValuesOf<ReturnType<typeof tuningParameters>>;

export interface OnlineTuningOptions {
  readonly bounds: readonly Bound[];
  readonly start: Point;
  readonly windowNs: number;
  readonly steps: number;
  readonly radius: number;
}

export class OnlineTuning {
  /** The weights to use now. */
  point: Point;
  readonly #options: OnlineTuningOptions;
  readonly #cost: WindowCost;
  readonly #workload: WorkloadChange;
  #search: NeighbourSearch;
  #windowEndNs: number;

  constructor(platform: Platform, options: OnlineTuningOptions) {
    this.point = options.start;
    this.#options = options;
    this.#cost = new WindowCost(platform);
    this.#workload = new WorkloadChange(platform.tasks.length);
    this.#search = new NeighbourSearch(options.bounds, options.start, options);
    this.#windowEndNs = options.windowNs;
  }

  jobReleased({ task }: ReadyJob, nowNs: number): void {
    this.advance(nowNs);
    this.#workload.released(task.index);
  }

  jobEnded(job: ReadyJob, nowNs: number, isDropped: boolean): void {
    this.advance(nowNs);
    this.#cost.ended(job.task, job.spentPj, isDropped || nowNs > job.deadlineNs);
  }

  orphanDropped(task: TaskView, nowNs: number): void {
    this.advance(nowNs);
    this.#workload.released(task.index);
    this.#cost.ended(task, 0, true);
  }

  /** Closes the window if it has ended. */
  advance(nowNs: number): void {
    if (nowNs < this.#windowEndNs) return;
    const { windowNs } = this.#options;
    this.#windowEndNs = (Math.floor(nowNs / windowNs) + 1) * windowNs;
    const uxCost = this.#cost.take();
    if (this.#workload.closeWindow()) this.#restart();
    else if (uxCost !== undefined && !this.#search.isDone) this.#search.report(uxCost);
    this.point = this.#search.nextPoint();
  }

  #restart(): void {
    const start = this.#search.best?.point ?? this.point;
    this.#search = new NeighbourSearch(this.#options.bounds, start, this.#options);
  }
}
