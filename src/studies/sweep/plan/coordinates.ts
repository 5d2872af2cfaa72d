/** The coordinates of a sweep's points: names and values that identify a point, one column each. */
import type { Coordinates } from "../../../records/sweep-report.ts";
import type { Selection } from "../read/selections.ts";
import type { Entry } from "../read/variants.ts";

type Part = "scenario" | "system" | "scheduler";

/** All entries of a plan. */
export interface PlanEntries extends Readonly<Record<Part, readonly Entry[]>> {
  readonly hasRateScale: boolean;
}

const own = ["scenario", "system", "rateScale", "scheduler", "seed"];

/**
 * Names the columns. An override is named by its place and a parameter by its name. If a name is not unique, its part
 * comes first: `system.name`.
 */
export class CoordinateColumns {
  /** In the order in which the axes vary, slowest first. */
  readonly names: readonly string[];
  readonly #names: Readonly<Record<Part, ReadonlyMap<string, string>>>;

  constructor(entries: PlanEntries) {
    const keys = {
      scenario: keysOf(entries.scenario),
      system: keysOf(entries.system),
      scheduler: keysOf(entries.scheduler),
    };
    const all = [...own, ...keys.scenario, ...keys.system, ...keys.scheduler];
    const isUnique = (key: string) => all.indexOf(key) === all.lastIndexOf(key);
    const named = (part: Part) => new Map(keys[part].map((key) => [key, isUnique(key) ? key : `${part}.${key}`]));
    this.#names = { scenario: named("scenario"), system: named("system"), scheduler: named("scheduler") };
    const columns = (part: Part) => [part, ...this.#names[part].values()];
    const rateScale = entries.hasRateScale ? ["rateScale"] : [];
    this.names = [...columns("scenario"), ...columns("system"), ...rateScale, ...columns("scheduler"), "seed"];
  }

  of({ scenario, system, rateScale, scheduler, seed }: Selection): Coordinates {
    const columns = (part: Part, { label, values }: Selection[Part]) => [
      [part, label] as const,
      ...Object.entries(values).map(([key, value]) => [this.#names[part].get(key)!, value] as const),
    ];
    return Object.fromEntries([
      ...columns("scenario", scenario),
      ...columns("system", system),
      ...(rateScale === undefined ? [] : [["rateScale", rateScale] as const]),
      ...columns("scheduler", scheduler),
      ["seed", seed] as const,
    ]);
  }
}

const keysOf = (entries: readonly Entry[]): readonly string[] => [
  ...new Set(entries.flatMap(({ axes }) => axes.map(({ key }) => key))),
];
