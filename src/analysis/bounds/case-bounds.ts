/**
 * What no scheduler can do better on the draws of one seed: violations, energy and UXCost. docs/bounds.md proves each
 * bound.
 */
import type { CostTable } from "../../core/costs.ts";
import type { LinearSolver } from "../solver/index.ts";
import { type BoundedCase, boundedCase, type Subject } from "./bounded-jobs.ts";
import { type Line, leastProduct, leastY, linesBetween, linesForProduct } from "./frontier.ts";
import { asCount, asRates, guarded, nothing, type Objective, relativeEnergy } from "./objective.ts";
import { type Effort, type Relaxation, withRelaxation } from "./relaxation.ts";

export interface CaseBounds {
  /** Measured jobs that have a deadline. */
  readonly jobs: number;
  /** At least so many of them are dropped or late. */
  readonly violations: number;
  /** Sum over tasks of their violation rates as in UXCost (half a violation where there is none); undefined: no deadline. */
  readonly violationRates: number | undefined;
  /** Least energy of schedules with at most so many violations, mJ. It rises as violations fall. */
  leastEnergyMj(violations: number): number;
  /** 0 in most cases: whoever drops every job takes no energy. undefined: a worst-case energy is not known. */
  readonly uxCost: number | undefined;
  /** Least UXCost of schedules whose violation rates have at most this sum. */
  leastUxCost(violationRates: number): number | undefined;
  readonly uxCostGuarded: number | undefined;
  /** In task order. Empty if `fast`. */
  readonly tasks: readonly TaskBound[];
}

export interface TaskBound {
  /** Measured jobs that have a deadline. */
  readonly jobs: number;
  /** At least so many of them are dropped or late, even if the jobs of all other tasks may be. */
  readonly violations: number;
}

export interface BoundOptions {
  /** `fast`: fewer rounds, and no bounds on energy and unguarded UXCost; weaker, and proven all the same. */
  readonly effort?: "fast" | "full";
}

/** Counted in work, not in time: the same bound on every machine. */
const efforts: Readonly<Record<"fast" | "full", Effort>> = {
  fast: { rounds: 8, windows: 60, iterations: 20_000, precision: 1e-3 },
  full: { rounds: 25, windows: 40, iterations: 50_000, precision: 1e-4 },
};

/** Undefined if a scheduler decides how many jobs there are, or if there are too many (docs/bounds.md). */
export function caseBounds(
  subject: Subject,
  costs: CostTable,
  solver: LinearSolver,
  { effort = "full" }: BoundOptions = {},
): CaseBounds | undefined {
  const bounded = boundedCase(subject, costs);
  if (bounded === undefined) return undefined;
  return withRelaxation(bounded, solver, efforts[effort], (relaxation) => boundsOf(bounded, relaxation, effort));
}

function boundsOf(bounded: BoundedCase, relaxation: Relaxation, effort: "fast" | "full"): CaseBounds {
  const { tasks } = bounded;
  const jobs = tasks.reduce((sum, { due }) => sum + due, 0);
  const none = tasks.map(() => 0);
  const leastCount = relaxation.leastCost({ violations: asCount(bounded, 1), perPj: none, uselessPj: nothing });
  const violations = atLeast(leastCount);
  relaxation.demandViolations(violations);
  const violationRates =
    jobs === 0 ? undefined : relaxation.leastCost({ violations: asRates(bounded, 1), perPj: none, uselessPj: nothing });
  const hasUxCost = violationRates !== undefined && tasks.every(({ jobs: all, worstPj }) => all === 0 || worstPj > 0);
  const guardedLines = hasUxCost ? guardedFrontier(bounded, relaxation, violationRates) : undefined;
  const isFull = effort === "full";
  const uxLines = hasUxCost && isFull ? uxFrontier(bounded, relaxation, violationRates) : undefined;
  const energyLines = isFull ? energyFrontier(bounded, relaxation, violations) : [];
  return {
    jobs,
    violations,
    violationRates,
    leastEnergyMj: (most) => leastY(energyLines, most) / 1e9,
    uxCost: hasUxCost ? leastProduct(uxLines ?? []) : undefined,
    leastUxCost: (most) => (uxLines === undefined ? undefined : leastProduct(uxLines, most)),
    uxCostGuarded: guardedLines && leastProduct(guardedLines),
    tasks: isFull ? taskBounds(bounded, relaxation) : [],
  };
}

function taskBounds(bounded: BoundedCase, relaxation: Relaxation): readonly TaskBound[] {
  const none = bounded.tasks.map(() => 0);
  const all = asCount(bounded, 1);
  return bounded.tasks.map(({ due }, taskIndex) => {
    const violations = all.map((cost, task) => (task === taskIndex ? cost : free));
    const least = due === 0 ? 0 : relaxation.leastCost({ violations, perPj: none, uselessPj: nothing });
    return { jobs: due, violations: atLeast(least) };
  });
}

const free = { none: 0, first: 0, next: 0 };

/** A whole number of jobs. */
const atLeast = (violations: number): number => Math.max(0, Math.ceil(violations - 1e-6));

type Weights = (across: number, up: number) => Objective;

function guardedFrontier(bounded: BoundedCase, relaxation: Relaxation, rates: number): readonly Line[] {
  const weights: Weights = (across, up) => ({
    violations: asRates(bounded, across),
    perPj: relativeEnergy(bounded, up),
    uselessPj: guarded,
  });
  return linesForProduct([upright(rates), level(relaxation.leastCost(weights(0, 1)))], (across, up) =>
    relaxation.leastCost(weights(across, up)),
  );
}

function uxFrontier(bounded: BoundedCase, relaxation: Relaxation, rates: number): readonly Line[] {
  const weights: Weights = (across, up) => ({
    violations: asRates(bounded, across),
    perPj: relativeEnergy(bounded, up),
    uselessPj: nothing,
  });
  const leastShare = bounded.jobs.reduce(
    (sum, { taskIndex, leastPj }) => sum + leastPj * relativeEnergy(bounded, 1)[taskIndex]!,
    0,
  );
  const corner = { x: bounded.tasks.filter(({ due }) => due > 0).length, y: leastShare };
  return linesBetween([upright(rates)], (across, up) => relaxation.leastCost(weights(across, up)), corner, SLOPES);
}

function energyFrontier(bounded: BoundedCase, relaxation: Relaxation, violations: number): readonly Line[] {
  const weights: Weights = (across, up) => ({
    violations: asCount(bounded, across),
    perPj: bounded.tasks.map(() => up),
    uselessPj: nothing,
  });
  const corner = {
    x: bounded.jobs.length,
    y: bounded.jobs.reduce((sum, { leastPj }) => sum + (Number.isFinite(leastPj) ? leastPj : 0), 0),
  };
  return linesBetween([upright(violations)], (across, up) => relaxation.leastCost(weights(across, up)), corner, SLOPES);
}

/** Slopes of which lines are found. */
const SLOPES = 5;

const upright = (least: number): Line => ({ across: 1, up: 0, least });
const level = (least: number): Line => ({ across: 0, up: 1, least });
