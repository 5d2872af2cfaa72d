/** A metric: its description, and pure functions of an outcome. */
import { sum } from "../core/sum.ts";
import type { AcceleratorOutcome, Feature, JobTally, Outcome, TaskOutcome } from "./outcome.ts";

/** `share`: 0 to 1. `ratio`: a number without a unit. `score`: as its definition says. `count`: a whole number. */
export type Unit = "ms" | "mJ" | "mW" | "mJ·ms" | "share" | "ratio" | "score" | "count";

/** Every value is undefined if there is nothing to measure. */
export interface Metric {
  /** camelCase, with its unit: the key in result.json and the column in CSV. */
  readonly name: string;
  /** For people; short. */
  readonly title: string;
  readonly unit: Unit;
  readonly better: "lower" | "higher" | "neither";
  /** One line. */
  readonly definition: string;
  /** Who defined it. */
  readonly source: string;
  /** Of the whole run. */
  scenario(outcome: Outcome): number | undefined;
  /** Of one task; left out: tasks do not have this metric. */
  task?(task: JobTally): number | undefined;
  /** Of one accelerator; left out: accelerators do not have this metric. */
  accelerator?(accelerator: AcceleratorOutcome): number | undefined;
  /** Of a part that few systems have: results have no such value where it is undefined, rather than an empty one. */
  readonly isOptional?: true;
  /** What the costs must know for it; left out: nothing but latencies. Without, the value is undefined. */
  readonly needs?: "energy";
  /** Number of jobs behind a value. */
  jobs(tally: JobTally): number;
  /** With fewer jobs the value means little. */
  readonly neededJobs?: number;
  /** Results of scenarios without it do not have the metric at all; left out: all results have it. */
  readonly onlyWith?: Feature;
}

/** A metric with a parameter: a value for each of several x. */
export interface Curve {
  readonly name: string;
  readonly title: string;
  readonly xTitle: string;
  readonly unit: Unit;
  readonly better: Metric["better"];
  readonly definition: string;
  readonly source: string;
  /** Of the whole run; undefined: nothing to measure. */
  scenario(outcome: Outcome): readonly CurvePoint[] | undefined;
  /** Of one task, likewise. */
  task(task: JobTally): readonly CurvePoint[] | undefined;
  /** Number of jobs behind it. */
  jobs(tally: JobTally): number;
}

/** The value of a curve at one x. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

type TallyValue = (tally: JobTally) => number | undefined;
type Scopes = Required<Pick<Metric, "scenario" | "task">>;

/** The same function for a task's jobs and for all jobs together. */
export const pooled = (value: TallyValue): Scopes => ({ scenario: (outcome) => value(outcome.all), task: value });

/** Undefined for NaN, which energies that are not known leave in sums. */
export const ifKnown = (value: number | undefined): number | undefined => (Number.isNaN(value) ? undefined : value);

/**
 * A scenario's value is the mean over its tasks with equal weights; tasks without a value are left out. A task whose
 * value is NaN has one that is not known, so the mean is not known either.
 */
export const meanOverTasks = (value: TallyValue): Scopes => ({
  scenario: (outcome) => ifKnown(mean(outcome.tasks.map(value))),
  task: (tally) => ifKnown(value(tally)),
});

/** Undefined if the denominator is 0. */
export const ratio = (numerator: number, denominator: number): number | undefined =>
  denominator === 0 ? undefined : numerator / denominator;

/** The mean of the defined values; undefined if there is none. */
export function mean(values: readonly (number | undefined)[]): number | undefined {
  const defined = values.filter((value) => value !== undefined);
  return ratio(sum(defined), defined.length);
}

/** Tasks that released a job. */
export const activeTasks = (outcome: Outcome): readonly TaskOutcome[] =>
  outcome.tasks.filter((task) => task.released > 0);

export const released = (tally: JobTally): number => tally.released;
export const completed = (tally: JobTally): number => tally.completed;

export const msFromNs = (ns: number): number => ns / 1e6;
export const mjFromPj = (pj: number): number => pj / 1e9;
