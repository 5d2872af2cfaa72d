/** What holds for every search, on random small cases. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caseBounds } from "../../src/analysis/bounds/index.ts";
import { feasibility } from "../../src/analysis/feasibility/index.ts";
import { loadSolver } from "../../src/analysis/solver/index.ts";
import { SchedulerError } from "../../src/core/errors.ts";
import { compile } from "../../src/core/program.ts";
import type { Scheduler } from "../../src/core/scheduler.ts";
import { measurementContext } from "../../src/metrics/measurement-context.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { anyScheduler, cheapSchedulers } from "../cheap-schedulers.ts";
import { scheduler } from "../core/planned.ts";
import { propertyRuns } from "../property-runs.ts";
import { smallScenario } from "../worlds.ts";
import { type Asked, type Made, made, replayed, searched } from "./searched.ts";
import { tiny, varied } from "./tiny.ts";

const metrics = ["violations", "uxCostGuarded", "uxCost", "slaSatisfaction"];
const granularity = fc.constantFrom("layer" as const, "model" as const);

/** More than any of these cases needs, where nothing is left out by force. */
const ENOUGH = 20_000;
/** Where every schedule is visited, larger cases are left out. */
const EVERY = 400;

describe.each(metrics)("the search for %s", (metric) => {
  test("finds with all prunings what it finds by bounds alone", () => {
    fc.assert(
      fc.property(tiny, granularity, fc.constantFrom("allowed" as const, "never" as const), (world, what, drops) => {
        const asked = { metric, granularity: what, drops };
        const bounded = searched(world, { ...asked, pruning: "bounds" }, EVERY);
        fc.pre(bounded.isProven);
        const best = searched(world, asked, ENOUGH);
        expect(best.isProven).toBe(true);
        expect(best.value).toBeCloseTo(bounded.value, 9);
      }),
      propertyRuns(15),
    );
  });

  test("finds by bounds what visiting every schedule finds", () => {
    fc.assert(
      fc.property(tiny, granularity, (world, what) => {
        const every = searched(world, { metric, granularity: what, pruning: "none" }, EVERY);
        fc.pre(every.isProven);
        const bounded = searched(world, { metric, granularity: what, pruning: "bounds" }, ENOUGH);
        expect(bounded.isProven).toBe(true);
        expect(bounded.value).toBeCloseTo(every.value, 9);
      }),
      propertyRuns(15),
    );
  });

  test("finds nothing that a policy beats, be it built in or random", () => {
    fc.assert(
      fc.property(varied, granularity, fc.integer(), (world, what, seed) => {
        const best = searched(world, { metric, granularity: what }, EVERY);
        fc.pre(best.isProven);
        const sign = metric === "slaSatisfaction" ? -1 : 1;
        for (const policy of [...cheapSchedulers, random(seed, what)]) {
          const run = ranWithin(best.problem, policy);
          if (run?.value === undefined) continue;
          expect(sign * run.value, policy.name).toBeGreaterThanOrEqual(sign * best.value - 1e-9);
        }
      }),
      propertyRuns(12),
    );
  });

  test("finds a schedule whose repetition has the value that it says", () => {
    fc.assert(
      fc.property(varied, granularity, fc.nat(2), (world, what, preemptions) => {
        const best = searched(world, { metric, granularity: what, preemptions }, 300);
        fc.pre(best.schedule.length > 0);
        expect(replayed(best.problem, best.schedule).value).toBeCloseTo(best.value, 9);
      }),
      propertyRuns(15),
    );
  });
});

test("a search without a proven bound finds what a policy cannot beat either", () => {
  fc.assert(
    fc.property(tiny, (world) => {
      const best = searched(world, { metric: "meanResponseMs", drops: "never" }, EVERY);
      fc.pre(best.isProven);
      expect(best.problem.pruning).toBe("none");
      for (const policy of cheapSchedulers) {
        const run = ranWithin(best.problem, policy);
        if (run?.value !== undefined) expect(run.value, policy.name).toBeGreaterThanOrEqual(best.value - 1e-12);
      }
    }),
    propertyRuns(12),
  );
});

test("a stop more never makes the best schedule worse", () => {
  fc.assert(
    fc.property(tiny, granularity, (world, what) => {
      const values = [0, 1].map((preemptions) => {
        const { value, isProven } = searched(world, { granularity: what, preemptions, metric: "uxCostGuarded" }, EVERY);
        fc.pre(isProven);
        return value;
      });
      expect(values[1]).toBeLessThanOrEqual(values[0]! + 1e-9);
    }),
    propertyRuns(12),
  );
});

test("no bound exceeds the optimum: violations of feasibility, violations and guarded UXCost of rtmm bound", async () => {
  const solver = await loadSolver();
  fc.assert(
    fc.property(varied, (world) => {
      const best = searched(world, { metric: "violations", granularity: "layer" }, EVERY);
      const leastCost = searched(world, { metric: "uxCostGuarded", granularity: "layer" }, EVERY);
      fc.pre(best.isProven && leastCost.isProven);
      const { scenario, system, costTable } = smallScenario(world);
      const seed = world.seed ?? 1;
      const { violations } = feasibility(scenario, system, costTable, { seed, solver });
      expect(violations!.violations).toBeLessThanOrEqual(best.value);
      const program = compile(scenario, system, costTable);
      const context = measurementContext(scenario, system, costTable);
      const bounds = caseBounds({ program, context, seed }, costTable, solver)!;
      expect(bounds.violations).toBeLessThanOrEqual(best.value);
      expect(bounds.uxCostGuarded ?? 0).toBeLessThanOrEqual(leastCost.value * (1 + 1e-6));
    }),
    propertyRuns(40),
  );
});

test("the recorded schedule of any policy repeats its run", () => {
  fc.assert(
    fc.property(varied, anyScheduler(), (world, policy) => {
      const { problem } = searched(world, {}, 1);
      const run = madeIfPossible(problem, policy);
      fc.pre(run !== undefined);
      const endsOf = ({ jobs }: Made) =>
        jobs.map((job) => [job.taskIndex, job.jobIndex, job.completionNs, job.energyPj]);
      expect(endsOf(replayed(problem, run!.schedule))).toEqual(endsOf(run!));
    }),
    propertyRuns(30),
  );
});

/** Undefined: the policy cannot run the case, or decided more than the model allows. */
function ranWithin(problem: Parameters<typeof made>[0], policy: Scheduler): Made | undefined {
  const run = madeIfPossible(problem, policy);
  return run?.isWithin ? run : undefined;
}

function madeIfPossible(problem: Parameters<typeof made>[0], policy: Scheduler): Made | undefined {
  try {
    return made(problem, policy, resolveParameters(policy, {}).values);
  } catch (error) {
    if (error instanceof SchedulerError) return undefined;
    throw error;
  }
}

/** Any job on any accelerator, or nothing while something runs. */
function random(seed: number, what: Asked["granularity"]): Scheduler {
  return scheduler(() => {
    let state = seed >>> 0;
    const draw = (n: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    return {
      decide(view, decisions) {
        if (view.runningJobs.length > 0 && draw(4) === 0) return;
        const job = view.readyJobs.at(draw(view.readyJobs.length));
        const accelerator = view.idleAccelerators[draw(view.idleAccelerators.length)]!;
        decisions.run(job, accelerator, what === "layer" ? { layers: 1 } : {});
      },
    };
  });
}
