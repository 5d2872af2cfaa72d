/** No run is better than the bounds of its case, whatever decides. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type CaseBounds, caseBounds } from "../../../src/analysis/bounds/index.ts";
import { loadSolver } from "../../../src/analysis/solver/index.ts";
import type { CostTable } from "../../../src/core/costs.ts";
import { compile } from "../../../src/core/program.ts";
import type { Scheduler } from "../../../src/core/scheduler.ts";
import { simulate } from "../../../src/core/simulate.ts";
import { measurementContext } from "../../../src/metrics/measurement-context.ts";
import { createTally } from "../../../src/metrics/tally.ts";
import { resolveParameters } from "../../../src/schedulers/parameters.ts";
import { anyScheduler } from "../../cheap-schedulers.ts";
import { chaos } from "../../core/chaos.ts";
import { propertyRuns } from "../../property-runs.ts";
import { type SmallWorld, smallScenario } from "../../worlds.ts";
import { claimWorlds, wholeNs } from "../claim-worlds.ts";
import { refuted } from "./refuted.ts";

const solver = await loadSolver();

/** Energies that follow no times: a layer may be cheap where it is slow. */
function withEnergies(table: CostTable, salt: number): CostTable {
  let state = salt | 1;
  const energy = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 26;
  };
  const drawn = [...table.models].map(([model, costs]) => {
    const variants = costs.variants.map((variant) => ({ ...variant, energyPj: variant.energyPj.map(energy) }));
    return [model, { ...costs, variants }] as const;
  });
  return { ...table, models: new Map(drawn) };
}

interface Tried {
  readonly bounds: CaseBounds | undefined;
  /** Names of the bounds that a run of a policy is below. */
  refutedBy(scheduler: Scheduler, given: Readonly<Record<string, number | boolean>>): readonly string[];
}

function tried(world: SmallWorld, salt: number, warmupNs: number): Tried {
  const { scenario, system, costTable } = smallScenario(world);
  const costs = withEnergies(wholeNs(costTable), salt);
  const seed = world.seed ?? 1;
  const program = compile(scenario, system, costs);
  const context = measurementContext(scenario, system, costs, { warmupNs });
  const bounds = caseBounds({ program, context, seed }, costs, solver);
  return {
    bounds,
    refutedBy(scheduler, given) {
      if (bounds === undefined) return [];
      const tally = createTally(context);
      const { values } = resolveParameters(scheduler, given);
      const observer = { jobCompleted: tally.jobEnded, jobDropped: tally.jobEnded, inputsRead: tally.inputsRead };
      const totals = simulate(program, scheduler, values, { seed, observer });
      return refuted(bounds, tally.finish(totals)).map((part) => `${part} by ${scheduler.name}`);
    },
  };
}

// Bounds take longer than runs, so each is held against three schedulers, and two that decide at random.
test.each(claimWorlds)("%s no run is better than the bounds", (_, world, cases) => {
  const three = fc.tuple(...[1, 2, 3].map(() => anyScheduler()));
  const warmup = fc.constantFrom(0, 0, 400);
  const property = fc.property(
    world,
    three,
    fc.integer(),
    fc.boolean(),
    warmup,
    (drawn, some, salt, lateDrop, warmupNs) => {
      const { refutedBy } = tried(drawn, salt, warmupNs);
      const random = [salt, salt + 2].map((each) => refutedBy(chaos, { salt: each, lateDrop }));
      expect([...some.map((scheduler) => refutedBy(scheduler, { lateDrop })), ...random].flat()).toEqual([]);
    },
  );
  fc.assert(property, propertyRuns(cases / 30));
});
