/** The Planaria policies and Veltair keep every rule that the audit knows, in random worlds. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CostTable, VariantCosts } from "../../../src/core/costs.ts";
import { compile } from "../../../src/core/program.ts";
import { simulate } from "../../../src/core/simulate.ts";
import { createAudit } from "../../../src/run/audit/audit.ts";
import { resolveParameters } from "../../../src/schedulers/parameters.ts";
import { planaria } from "../../../src/schedulers/planaria/planaria.ts";
import { veltair } from "../../../src/schedulers/veltair/veltair.ts";
import { randomWorld } from "../../core/random-worlds.ts";
import { planariaDysta } from "../../peers/dysta/planaria-dysta.ts";
import { planariaReleased } from "../../peers/planaria/planaria-released.ts";
import { propertyRuns } from "../../property-runs.ts";
import { type SmallWorld, smallScenario } from "../../worlds.ts";

/** As a measured table that has only some sizes: a column where `isKnown` is false cannot run anything. */
function knowingOnly(costTable: CostTable, isKnown: (column: number) => boolean): CostTable {
  const limited = (costs: VariantCosts): VariantCosts => ({
    ...costs,
    latencyNs: costs.latencyNs.map((ns, at) => (isKnown(at % costTable.columns) ? ns : Infinity)),
  });
  const entries = [...costTable.models].map(
    ([model, { variants }]) => [model, { model, variants: variants.map(limited) }] as const,
  );
  return { ...costTable, models: new Map(entries) };
}

/** Columns of whole accelerators, which every table has. */
const wholeColumns = (units: readonly number[]): Set<number> => {
  let column = -1;
  return new Set(units.map((n) => (column += n)));
};

describe.each([planaria, planariaReleased, planariaDysta, veltair].map((scheduler) => ({ scheduler })))(
  "$scheduler.name",
  ({ scheduler }) => {
    const audited = (world: SmallWorld, lateDrop: boolean, sizes: readonly boolean[]) => {
      const { scenario, system, costTable } = smallScenario(world);
      const whole = wholeColumns(world.units!);
      const costs = knowingOnly(costTable, (column) => whole.has(column) || sizes[column]!);
      const program = compile(scenario, system, costs);
      const { values } = resolveParameters(scheduler, { lateDrop });
      const seed = world.seed!;
      const audit = createAudit(program, { seed, lateDrop });
      const totals = simulate(program, scheduler, values, {
        seed,
        observer: audit.observer,
        limits: { events: 100_000 },
      });
      return audit.finish(totals);
    };
    test.each([
      ["every size", fc.constant(Array.from({ length: 9 }, () => true))],
      ["only some sizes", fc.array(fc.boolean(), { minLength: 9, maxLength: 9 })],
    ] as const)("keeps every rule where the costs of %s are known", (_, sizes) => {
      const property = fc.property(randomWorld, fc.boolean(), sizes, (world, lateDrop, known) => {
        expect(audited(world, lateDrop, known)).toEqual([]);
      });
      fc.assert(property, propertyRuns(150));
    });
  },
);
