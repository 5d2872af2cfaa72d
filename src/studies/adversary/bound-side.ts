/** The proven bound in place of a second scheduler. */
import { loadSolver } from "../../analysis/solver/index.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { BoundFacts, ProvenBound, SideFacts } from "../../records/adversary.ts";
import type { RunResult } from "../../records/run-result.ts";
import { runCaseOf } from "../../run/run-case.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import { type BoundingParts, boundsBySeed } from "../bound/bounds-by-seed.ts";
import { type BoundOf, boundedMetrics } from "../compare/bounded-metrics.ts";
import type { SideValues } from "./journal.ts";

export interface BoundSide extends BoundingParts {
  readonly label: "bound";
  readonly labelled: ProvenBound;
  readonly boundOf: BoundOf;
}

export const isBound = <Side extends { readonly label: string }>(side: Side | BoundSide): side is BoundSide =>
  "boundOf" in side;

/** Throws RequestError if the metric has no bound. */
export async function boundSide({ name }: Metric, workbench: Workbench): Promise<BoundSide> {
  const boundOf = boundedMetrics[name];
  if (boundOf === undefined) {
    const known = Object.keys(boundedMetrics).join(", ");
    throw new RequestError(`no bound on ${name} is known; with --bound, choose --metric from ${known}`);
  }
  const labelled = { label: "bound", kind: "bound" } as const;
  return { label: "bound", labelled, boundOf, workbench, solver: await loadSolver() };
}

export type CaseRequest = Omit<RunRequest, "scheduler" | "parameters" | "seed">;

/** By seed, as far as they depend on what A did: see `BoundOf`. `runs`: of A, a run for each seed. */
export function boundValues(side: BoundSide, request: CaseRequest, runs: readonly RunResult[]): SideValues {
  const seeds = runs.map(({ seed }) => seed);
  const bounds = boundsBySeed((seed) => runCaseOf({ ...request, seed }, side.workbench), seeds, side);
  const values: number[] = [];
  for (const each of bounds) {
    const value = side.boundOf(each, runs[values.length]!);
    if (value === undefined) return { refused: "no bound is known" };
    values.push(value);
  }
  return { values };
}

/** For one seed, beside what A did with it. */
export function boundFacts(side: BoundSide, request: CaseRequest, seed: number, a: SideFacts): BoundFacts {
  const caseAt = () => runCaseOf({ ...request, seed }, side.workbench);
  const [bounds] = boundsBySeed(caseAt, [seed], side);
  const { jobs, violations, tasks, uxCostGuarded } = bounds!;
  const missed = a.tasks.reduce((sum, task) => sum + task.violations, 0);
  return {
    ...side.labelled,
    jobs,
    violations,
    energyMj: bounds!.leastEnergyMj(missed),
    uxCostGuarded: uxCostGuarded ?? null,
    tasks: tasks.map((task, index) => ({ id: a.tasks[index]!.id, ...task })),
  };
}
