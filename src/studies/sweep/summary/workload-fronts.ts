/** The Pareto-optimal groups of a sweep, by workload. */
import type { Metric } from "../../../metrics/metric.ts";
import type { ParetoReport, SweepGroup } from "../../../records/sweep-report.ts";
import { ParetoFront } from "./pareto-front.ts";

/** Means of different workloads are not comparable, so each workload has its own front. */
export class WorkloadFronts {
  readonly #objectives: readonly Metric[];
  readonly #workloadNames: readonly string[];
  readonly #fronts = new Map<string, ParetoFront<SweepGroup>>();
  /** Objectives that some group without failed points has. */
  readonly #present = new Set<Metric>();
  #whole = 0;
  #leftOut = 0;

  /** `workloadNames`: names of the coordinates that identify a workload. */
  constructor(objectives: readonly Metric[], workloadNames: readonly string[]) {
    this.#objectives = objectives;
    this.#workloadNames = workloadNames;
  }

  /** Leaves out groups with failed points: their means cover other seeds. */
  add(group: SweepGroup): void {
    const values = this.#objectives.map(({ name }) => group.metrics[name]?.mean);
    const isWhole = group.failed === 0 && values.every((value) => value !== undefined);
    if (group.failed === 0) this.#whole += 1;
    for (const [i, value] of values.entries())
      if (group.failed === 0 && value !== undefined) this.#present.add(this.#objectives[i]!);
    if (isWhole) this.#frontOf(group).add(group, values);
    else this.#leftOut += 1;
  }

  /** The first objective that is absent from all groups without failed points; undefined if there is none. */
  get absent(): Metric | undefined {
    return this.#whole === 0 ? undefined : this.#objectives.find((objective) => !this.#present.has(objective));
  }

  /** Ordered by workload. */
  groups(): readonly SweepGroup[] {
    return [...this.#fronts.values()].flatMap((front) => front.items());
  }

  report(): ParetoReport {
    return {
      metrics: this.#objectives.map(({ name }) => name),
      workloads: this.#fronts.size,
      size: this.groups().length,
      leftOut: this.#leftOut,
    };
  }

  #frontOf({ coordinates }: SweepGroup): ParetoFront<SweepGroup> {
    const key = JSON.stringify(this.#workloadNames.map((name) => coordinates[name] ?? null));
    const front = this.#fronts.get(key) ?? new ParetoFront(this.#objectives);
    this.#fronts.set(key, front);
    return front;
  }
}
