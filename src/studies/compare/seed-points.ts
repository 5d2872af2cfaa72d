/** The runs of some seeds of a comparison as points. The outcome equals that of running them in order. */
import { errorOf } from "../../executors/error-of.ts";
import type { FailedPoint, PointOutcome, PointSource, WantedResult } from "../../executors/point.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { ComparisonResults, RunIndexes } from "./comparison-results.ts";
import type { ComparisonPlan, PlannedScheduler } from "./plan.ts";

/** Ordered by seed, so that an interruption leaves whole seeds. */
export class SeedPoints implements PointSource {
  readonly count: number;
  readonly caseSize: number;
  readonly wanted?: WantedResult;
  readonly #plan: ComparisonPlan;
  readonly #results: ComparisonResults;
  readonly #seeds: readonly number[];
  readonly #firstIndex: number;
  /** Ordered by index. */
  #failed: readonly FailedPoint[] = [];
  #absent: ReadonlyMap<PlannedScheduler, string> = new Map();
  /** The first failure that stops a comparison. */
  #stop: FailedPoint | undefined;

  /** `firstIndex`: index of the first of these seeds among all seeds of the results. */
  constructor(
    plan: ComparisonPlan,
    results: ComparisonResults,
    seeds: readonly number[],
    firstIndex: number,
    wanted?: WantedResult,
  ) {
    this.#plan = plan;
    this.#results = results;
    this.#seeds = seeds;
    this.#firstIndex = firstIndex;
    if (wanted !== undefined) this.wanted = wanted;
    this.caseSize = plan.schedulers.length;
    this.count = seeds.length * plan.cases.length * this.caseSize;
  }

  request(index: number): RunRequest | undefined {
    const indexes = this.#indexesOf(index);
    if (!this.#isOpen(indexes) || index > (this.#stop?.index ?? this.count)) return undefined;
    const seed = this.#seeds[indexes.seedIndex - this.#firstIndex]!;
    return this.#plan.cases[indexes.caseIndex]!.request(seed, this.#scheduler(indexes));
  }

  ended(outcome: PointOutcome): void {
    if (outcome.kind === "done") this.#results.put(this.#indexesOf(outcome.index), outcome.result);
    else this.#judge([...this.#failed, outcome].sort((a, b) => a.index - b.index));
  }

  /** Whether runs were skipped after a failure that did not stop the comparison. */
  hasGaps(): boolean {
    if (this.#stop !== undefined) return false;
    return Array.from({ length: this.count }, (_, index) => this.#indexesOf(index)).some((indexes) =>
      this.#isOpen(indexes),
    );
  }

  /** Records omitted schedulers in the results. Returns the error that stopped the comparison, or undefined. */
  settle(): Error | undefined {
    for (const [scheduler, reason] of this.#absent) this.#results.leaveOut(scheduler, reason);
    return this.#stop && errorOf(this.#stop.failure);
  }

  /** Examines failures in order. Once a failure omits a scheduler, that scheduler's later failures do not count. */
  #judge(failed: readonly FailedPoint[]): void {
    const absent = new Map<PlannedScheduler, string>();
    this.#failed = failed;
    this.#stop = failed.find(({ index, failure }) => {
      const scheduler = this.#scheduler(this.#indexesOf(index));
      if (absent.has(scheduler)) return false;
      if (failure.kind !== "input" || scheduler.presence === "asked") return true;
      absent.set(scheduler, failure.message);
      return false;
    });
    this.#absent = absent;
  }

  #isOpen(indexes: RunIndexes): boolean {
    const scheduler = this.#scheduler(indexes);
    return !this.#results.has(indexes) && !this.#results.isAbsent(scheduler) && !this.#absent.has(scheduler);
  }

  #scheduler({ schedulerIndex }: RunIndexes): PlannedScheduler {
    return this.#plan.schedulers[schedulerIndex]!;
  }

  #indexesOf(index: number): RunIndexes {
    const { cases, schedulers } = this.#plan;
    const whole = Math.floor(index / schedulers.length);
    return {
      seedIndex: this.#firstIndex + Math.floor(whole / cases.length),
      caseIndex: whole % cases.length,
      schedulerIndex: index % schedulers.length,
    };
  }
}
