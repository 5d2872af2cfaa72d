/** Small records for metric tests: everything has a plain default, a test says what matters to it. */
import type { JobRecord, RunTotals } from "../../src/core/records.ts";
import { metrics } from "../../src/metrics/index.ts";
import type { AcceleratorContext, MeasurementContext, TaskContext } from "../../src/metrics/measurement-context.ts";
import type { Metric } from "../../src/metrics/metric.ts";
import type { Outcome } from "../../src/metrics/outcome.ts";
import { outcomeOf } from "../../src/metrics/tally.ts";

export const ms = 1_000_000;
export const mj = 1e9;

/** A job that was released at 0, has its deadline at 10 ms, took 2 ms and 4 mJ; `dropReason` makes it a dropped one. */
export function job(fields: Partial<JobRecord> = {}): JobRecord {
  const releaseNs = fields.releaseNs ?? 0;
  const isDropped = fields.dropReason !== undefined;
  return {
    taskIndex: 0,
    jobIndex: 0,
    releaseNs,
    frameReleaseNs: releaseNs,
    deadlineNs: releaseNs + 10 * ms,
    priority: 1,
    startNs: isDropped ? undefined : releaseNs,
    completionNs: isDropped ? undefined : releaseNs + 2 * ms,
    dropNs: isDropped ? releaseNs + 10 * ms : undefined,
    dropReason: undefined,
    variantIndex: 0,
    energyPj: isDropped ? 0 : 4 * mj,
    accelerators: isDropped ? [] : [0],
    contextSwitches: 0,
    preemptions: { checkpoint: 0, kill: 0, drain: 0 },
    ...fields,
  };
}

/** A task whose job takes 1 ms alone and 8 mJ at worst. */
export function task(id: string, fields: Partial<TaskContext> = {}): TaskContext {
  return {
    id,
    modelName: `${id}-model`,
    isDependent: false,
    worstEnergyPj: 8 * mj,
    variants: [{ isolatedNs: ms, accuracyScore: 1, accuracyLoss: undefined, exits: [] }],
    ...fields,
  };
}

export function context(tasks: readonly TaskContext[], fields: Partial<MeasurementContext> = {}): MeasurementContext {
  return { durationNs: 100 * ms, warmupNs: 0, tasks, accelerators: [], phases: [], ...fields };
}

export const accelerator = (id: string, fields: Partial<AcceleratorContext> = {}): AcceleratorContext => ({
  id,
  units: 1,
  idlePowerMw: 0,
  ...fields,
});

export function totals(fields: Partial<RunTotals> = {}): RunTotals {
  return { endNs: 100 * ms, layers: 0, decisions: 0, events: 0, accelerators: [], ...fields };
}

/** Outcome of jobs of tasks `a`, `b`, ... as many as the jobs name. */
export function outcome(jobs: readonly JobRecord[], tasks: readonly TaskContext[] = tasksOf(jobs)): Outcome {
  return outcomeOf(jobs, totals(), context(tasks));
}

export const emptyOutcome = outcome([], [task("a"), task("b")]);

export function metric(name: string): Metric {
  const found = metrics.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no metric ${name}`);
  return found;
}

export const scenarioValue = (name: string, from: Outcome): number | undefined => metric(name).scenario(from);

export const taskValues = (name: string, from: Outcome): (number | undefined)[] =>
  from.tasks.map((measured) => metric(name).task?.(measured));

function tasksOf(jobs: readonly JobRecord[]): TaskContext[] {
  const count = Math.max(0, ...jobs.map(({ taskIndex }) => taskIndex + 1));
  return Array.from({ length: count }, (_, index) => task(String.fromCharCode(97 + index)));
}
