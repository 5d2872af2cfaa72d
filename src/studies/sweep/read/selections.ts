/** The variants and the seed of each point, by index: mixed radix for a grid, position for a list. */
import type { RateScale } from "../../../scenario/rate-scale.ts";
import { type Seeds, seedAt } from "./seeds.ts";
import { type Entry, type Variant, Variants } from "./variants.ts";

export interface Selection {
  readonly scenario: Variant;
  readonly system: Variant;
  readonly scheduler: Variant;
  /** undefined: the rates of the file. */
  readonly rateScale: RateScale | undefined;
  readonly seed: number;
}

export interface Selections {
  readonly count: number;
  /** Number of consecutive points with the same scenario, system and rate scale. */
  readonly caseSize: number;
  readonly seedsPerGroup: number;
  /** `index`: 0 to `count` - 1. */
  at(index: number): Selection;
}

export interface Grid {
  readonly kind: "grid";
  readonly scenarios: readonly Entry[];
  readonly systems: readonly Entry[];
  readonly schedulers: readonly Entry[];
  /** undefined if the file gives none. */
  readonly rateScales: readonly RateScale[] | undefined;
  readonly seeds: Seeds;
}

export const selectionsOf = (what: Grid | PointList): Selections =>
  what.kind === "grid" ? gridSelections(what) : listSelections(what);

/** Seeds vary fastest, then schedulers, rate scales, systems and scenarios. */
function gridSelections(grid: Grid): Selections {
  const { seeds } = grid;
  const scenarios = new Variants(grid.scenarios);
  const systems = new Variants(grid.systems);
  const schedulers = new Variants(grid.schedulers);
  const rateScales = grid.rateScales ?? [undefined];
  const caseSize = schedulers.count * seeds.count;
  return {
    count: scenarios.count * systems.count * rateScales.length * caseSize,
    caseSize,
    seedsPerGroup: seeds.count,
    at(index) {
      const [afterSeed, seedIndex] = split(index, seeds.count);
      const [afterScheduler, schedulerIndex] = split(afterSeed, schedulers.count);
      const [afterRate, rateIndex] = split(afterScheduler, rateScales.length);
      const [scenarioIndex, systemIndex] = split(afterRate, systems.count);
      return {
        scenario: scenarios.at(scenarioIndex),
        system: systems.at(systemIndex),
        scheduler: schedulers.at(schedulerIndex),
        rateScale: rateScales[rateIndex],
        seed: seedAt(seeds, seedIndex),
      };
    },
  };
}

const split = (index: number, size: number): readonly [rest: number, digit: number] => [
  Math.floor(index / size),
  index % size,
];

export interface PointList {
  readonly kind: "points";
  /** Without seeds, which are in `seeds`. */
  readonly points: readonly Omit<Selection, "seed">[];
  readonly seeds:
    | { readonly kind: "shared"; readonly seeds: Seeds }
    | { readonly kind: "own"; readonly seeds: readonly number[] };
}

/** Every point with each of the shared seeds, or with its own seed. */
function listSelections({ points, seeds }: PointList): Selections {
  const seedsPerGroup = seeds.kind === "shared" ? seeds.seeds.count : 1;
  return {
    count: points.length * seedsPerGroup,
    caseSize: seedsPerGroup,
    seedsPerGroup,
    at(index) {
      const [pointIndex, seedIndex] = split(index, seedsPerGroup);
      const seed = seeds.kind === "shared" ? seedAt(seeds.seeds, seedIndex) : seeds.seeds[pointIndex]!;
      return { ...points[pointIndex]!, seed };
    },
  };
}
