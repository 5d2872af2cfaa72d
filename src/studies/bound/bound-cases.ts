/** The bounds of scenarios on systems, on the draws of some seeds. */
import { type CaseBounds, MOST_JOBS } from "../../analysis/bounds/index.ts";
import { loadSolver } from "../../analysis/solver/index.ts";
import { mean } from "../../analysis/statistics/mean.ts";
import { findScenarios } from "../../files/find-scenarios.ts";
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import type { BoundedPlace, Bounds, BoundValues, SeedBounds } from "../../records/bounds.ts";
import { distinctInputs } from "../../records/distinct-inputs.ts";
import type { InputFile, Variation } from "../../records/run-result.ts";
import { rtmmVersion } from "../../records/version.ts";
import { runCaseOf } from "../../run/run-case.ts";
import type { RunCase } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import { type BoundingParts, boundsBySeed } from "./bounds-by-seed.ts";

export interface BoundSettings {
  readonly scenarios: readonly string[];
  readonly systems: readonly string[];
  readonly seeds: readonly number[];
  readonly durationMs: number | undefined;
  readonly warmupMs: number;
  readonly variation: Variation | undefined;
}

/** Called after each seed of a case; may throw to stop. */
export type Bounded = () => void | Promise<void>;

/** Throws InputError or RequestError. */
export async function boundCases(
  settings: BoundSettings,
  workbench: Workbench<Library>,
  bounded: Bounded,
): Promise<Bounds> {
  const { seeds, durationMs, warmupMs, variation } = settings;
  const places = placesOf(settings, workbench);
  const solver = await loadSolver();
  const cases: BoundedPlace[] = [];
  for (const place of places) cases.push(await boundedPlace(place, seeds, { workbench, solver, bounded }));
  return {
    schemaVersion: 1,
    rtmmVersion,
    seeds,
    durationMs: durationMs ?? null,
    warmupMs,
    ...(variation !== undefined && { variation }),
    cases,
    inputs: distinctInputs(places.flatMap(({ inputs }) => inputs)),
  };
}

interface Place {
  readonly inputs: readonly InputFile[];
  at(seed: number): RunCase;
}

/** Everything is loaded and checked before the first bound. */
function placesOf(settings: BoundSettings, workbench: Workbench<Library>): readonly Place[] {
  const { files } = workbench;
  const { scenarios, systems, seeds, ...times } = settings;
  if (scenarios.length === 0) throw new RequestError("name a scenario or suite; `rtmm list scenarios` shows them all");
  const paths = findScenarios(scenarios, files);
  return systems.flatMap((name) =>
    paths.map((scenario): Place => {
      const system = files.find("system", name);
      const at = (seed: number) => runCaseOf({ scenario, system, seed, ...times }, workbench);
      return { inputs: at(seeds[0]!).inputs, at };
    }),
  );
}

interface Parts extends BoundingParts {
  readonly bounded: Bounded;
}

async function boundedPlace({ at }: Place, seeds: readonly number[], { bounded, ...parts }: Parts) {
  const bySeed: SeedBounds[] = [];
  const { scenario, system } = at(seeds[0]!).program;
  const ids = scenario.tasks.map(({ id }) => id);
  for (const found of boundsBySeed(at, seeds, parts)) {
    if (found === undefined) break;
    bySeed.push(seedBounds(seeds[bySeed.length]!, found, ids));
    await bounded();
  }
  return placeOf(scenario.name, system.name, bySeed);
}

function placeOf(scenario: string, system: string, bySeed: readonly SeedBounds[]): BoundedPlace {
  if (bySeed.length === 0) return { scenario, system, mean: null, bySeed, reason: NOTHING_KNOWN };
  const meanOf = (name: keyof BoundValues): number | null => {
    const values = bySeed.map((bounds) => bounds[name]);
    return values.includes(null) ? null : mean(values as number[]);
  };
  const means = {
    violationRate: meanOf("violationRate"),
    violationRates: meanOf("violationRates"),
    energyMj: meanOf("energyMj"),
    uxCost: meanOf("uxCost"),
    uxCostAtLeastViolations: meanOf("uxCostAtLeastViolations"),
    uxCostGuarded: meanOf("uxCostGuarded"),
  };
  return { scenario, system, mean: means, bySeed, reason: null };
}

const NOTHING_KNOWN = `schedulers decide how many jobs there are (closed loops), or there are more than ${MOST_JOBS} jobs`;

function seedBounds(seed: number, found: CaseBounds, ids: readonly string[]): SeedBounds {
  const { jobs, violations, violationRates } = found;
  const counts = [...new Set(SHARES.map((share) => Math.round(violations + share * (jobs - violations))))];
  return {
    seed,
    jobs,
    violations,
    violationRate: jobs === 0 ? null : violations / jobs,
    violationRates: violationRates ?? null,
    energyMj: found.leastEnergyMj(violations),
    uxCost: found.uxCost ?? null,
    uxCostAtLeastViolations: (violationRates !== undefined && found.leastUxCost(violationRates)) || null,
    uxCostGuarded: found.uxCostGuarded ?? null,
    energies: counts.map((count) => ({ violations: count, energyMj: found.leastEnergyMj(count) })),
    tasks: found.tasks.map((task, i) => ({ id: ids[i]!, ...task })),
  };
}

/** Between the least violations and all jobs. */
const SHARES = [0, 0.05, 0.1, 0.2, 0.4, 0.7, 1];
