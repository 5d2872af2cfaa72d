/** The runs of some seeds of a comparison as points. The outcome equals that of running them in order. */
import { errorOf } from "../../executors/error-of.ts";
import type { FailedPoint, PointOutcome, PointSource, WantedResult } from "../../executors/point.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { ComparisonResults, RunPlace } from "./comparison-results.ts";
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
  /** By index. */
  #failed: readonly FailedPoint[] = [];
  #absent: ReadonlyMap<PlannedScheduler, string> = new Map();
  /** The first failure that stops a comparison. */
  #stop: FailedPoint | undefined;

  /** `firstIndex`: of the first of the seeds among all that the results have. */
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
    const place = this.#placeOf(index);
    if (!this.#isOpen(place) || index > (this.#stop?.index ?? this.count)) return undefined;
    const seed = this.#seeds[place.seedIndex - this.#firstIndex]!;
    return this.#plan.cases[place.caseIndex]!.request(seed, this.#scheduler(place));
  }

  ended(outcome: PointOutcome): void {
    if (outcome.kind === "done") this.#results.put(this.#placeOf(outcome.index), outcome.result);
    else this.#judge([...this.#failed, outcome].sort((a, b) => a.index - b.index));
  }

  /** Whether runs were skipped after a failure that did not stop the comparison. */
  hasGaps(): boolean {
    if (this.#stop !== undefined) return false;
    return Array.from({ length: this.count }, (_, index) => this.#placeOf(index)).some((place) => this.#isOpen(place));
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
      const scheduler = this.#scheduler(this.#placeOf(index));
      if (absent.has(scheduler)) return false;
      if (failure.kind !== "input" || scheduler.presence === "asked") return true;
      absent.set(scheduler, failure.message);
      return false;
    });
    this.#absent = absent;
  }

  #isOpen(place: RunPlace): boolean {
    const scheduler = this.#scheduler(place);
    return !this.#results.has(place) && !this.#results.isAbsent(scheduler) && !this.#absent.has(scheduler);
  }

  #scheduler({ schedulerIndex }: RunPlace): PlannedScheduler {
    return this.#plan.schedulers[schedulerIndex]!;
  }

  #placeOf(index: number): RunPlace {
    const { cases, schedulers } = this.#plan;
    const whole = Math.floor(index / schedulers.length);
    return {
      seedIndex: this.#firstIndex + Math.floor(whole / cases.length),
      caseIndex: whole % cases.length,
      schedulerIndex: index % schedulers.length,
    };
  }
}
