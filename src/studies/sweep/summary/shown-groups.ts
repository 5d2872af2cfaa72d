/** Selects the groups of a sweep to show. */
import type { Metric } from "../../../metrics/metric.ts";
import type { Coordinates, ParetoReport, SweepGroup } from "../../../records/sweep-report.ts";
import { type GroupedPoints, groupCoordinates, workloadCoordinates } from "./groups.ts";
import { WorkloadFronts } from "./workload-fronts.ts";

interface ShownOptions {
  /** Objectives of the fronts; undefined: all groups may be shown. */
  readonly pareto: readonly Metric[] | undefined;
  readonly mostGroups: number;
}

/** The first groups, or those of the fronts, and the coordinates that all groups share. */
export class ShownGroups {
  readonly #options: ShownOptions;
  readonly #fronts: WorkloadFronts | undefined;
  readonly #first: SweepGroup[] = [];
  readonly #constant: Map<string, unknown> = new Map();
  readonly #names: readonly string[];
  count = 0;

  constructor(points: GroupedPoints, options: ShownOptions) {
    this.#names = groupCoordinates(points);
    this.#options = options;
    this.#fronts = options.pareto && new WorkloadFronts(options.pareto, workloadCoordinates(points.coordinateNames));
  }

  /** undefined if none was requested. */
  get front(): readonly SweepGroup[] | undefined {
    return this.#fronts?.groups();
  }

  /** An objective that no group has, so that there can be no front. */
  get absentObjective(): Metric | undefined {
    return this.#fronts?.absent;
  }

  /** At most `mostGroups`. */
  get groups(): readonly SweepGroup[] {
    return (this.front ?? this.#first).slice(0, this.#options.mostGroups);
  }

  get constant(): Coordinates {
    return Object.fromEntries(this.#constant);
  }

  /** null if none was requested. */
  get pareto(): ParetoReport | null {
    return this.#fronts?.report() ?? null;
  }

  add(group: SweepGroup): void {
    this.#noteConstant(group.coordinates);
    this.count += 1;
    if (this.#fronts !== undefined) this.#fronts.add(group);
    else if (this.#first.length < this.#options.mostGroups) this.#first.push(group);
  }

  #noteConstant(coordinates: Coordinates): void {
    for (const name of this.#names) {
      const value = coordinates[name];
      if (this.count === 0 && value !== undefined) this.#constant.set(name, value);
      else if (!isSame(this.#constant.get(name), value)) this.#constant.delete(name);
    }
  }
}

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
