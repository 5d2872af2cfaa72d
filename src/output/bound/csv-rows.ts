/** Bounds as rows of CSV, one for each case and seed. */
import type { Bounds, SeedBounds } from "../../records/bounds.ts";
import type { Field } from "../listing.ts";

interface SeedRow extends SeedBounds {
  readonly scenario: string;
  readonly system: string;
}

export const seedRows = ({ cases }: Bounds): readonly SeedRow[] =>
  cases.flatMap(({ scenario, system, bySeed }) => bySeed.map((bounds) => ({ scenario, system, ...bounds })));

export const seedFields: readonly Field<SeedRow>[] = [
  { name: "scenario", value: ({ scenario }) => scenario },
  { name: "system", value: ({ system }) => system },
  { name: "seed", value: ({ seed }) => seed },
  { name: "jobs", value: ({ jobs }) => jobs },
  { name: "violations", value: ({ violations }) => violations },
  { name: "violationRate", value: ({ violationRate }) => violationRate },
  { name: "violationRates", value: ({ violationRates }) => violationRates },
  { name: "energyMj", value: ({ energyMj }) => energyMj },
  { name: "uxCost", value: ({ uxCost }) => uxCost },
  { name: "uxCostAtLeastViolations", value: ({ uxCostAtLeastViolations }) => uxCostAtLeastViolations },
  { name: "uxCostGuarded", value: ({ uxCostGuarded }) => uxCostGuarded },
];
