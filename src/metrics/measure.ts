/** Computes every metric of the catalogue from an outcome. */
import { curves, metrics } from "./index.ts";
import type { Curve, CurvePoint, Metric } from "./metric.ts";
import { asOutcome, type JobTally, type Outcome } from "./outcome.ts";

/** By metric name, in catalogue order; undefined if there is nothing to measure, and without optional ones then. */
export type Values = Readonly<Record<string, number | undefined>>;
/** Curves by name; undefined: nothing to measure. */
export type CurveValues = Readonly<Record<string, readonly CurvePoint[] | undefined>>;

/** Every metric of a run. */
export interface Measurement {
  readonly scenario: Values;
  readonly tasks: readonly { readonly id: string; readonly values: Values; readonly curves: CurveValues }[];
  readonly accelerators: readonly { readonly id: string; readonly values: Values }[];
  readonly curves: CurveValues;
  readonly phases: readonly PhaseMeasurement[];
}

/** Metrics of the jobs of one phase. */
export interface PhaseMeasurement {
  readonly name: string;
  readonly fromNs: number;
  readonly toNs: number;
  /** Metrics of jobs; those of accelerators and of the whole run are undefined. */
  readonly scenario: Values;
  readonly tasks: readonly { readonly id: string; readonly values: Values }[];
}

/** Computes every metric of a run. */
export function measure(outcome: Outcome): Measurement {
  const own = metrics.filter(({ onlyWith }) => onlyWith === undefined || outcome.features?.has(onlyWith) === true);
  return {
    ...measureJobs(outcome, own),
    phases: outcome.phases.map((phase) => {
      const { scenario, tasks } = measureJobs(asOutcome(phase), own);
      const { name, fromNs, toNs } = phase;
      return { name, fromNs, toNs, scenario, tasks: tasks.map(({ id, values }) => ({ id, values })) };
    }),
  };
}

function measureJobs(outcome: Outcome, own: readonly Metric[]): Omit<Measurement, "phases"> {
  const ofTasks = own.filter((metric) => metric.task !== undefined);
  const ofAccelerators = own.filter((metric) => metric.accelerator !== undefined);
  return {
    scenario: valuesOf(own, (metric) => metric.scenario(outcome)),
    tasks: outcome.tasks.map((task) => ({
      id: task.id,
      values: valuesOf(ofTasks, (metric) => metric.task?.(task)),
      curves: curvesOf((curve) => curve.task(task)),
    })),
    accelerators: outcome.accelerators.map((accelerator) => ({
      id: accelerator.id,
      values: valuesOf(ofAccelerators, (metric) => metric.accelerator?.(accelerator)),
    })),
    curves: curvesOf((curve) => curve.scenario(outcome)),
  };
}

/** A value from too few jobs, and the duration that would suffice. */
export interface SmallSample {
  readonly metric: Metric;
  /** Undefined for a value of the scenario. */
  readonly taskId: string | undefined;
  readonly jobs: number;
  readonly neededJobs: number;
  readonly neededDurationNs: number;
}

/** Values of a scenario and its tasks that need more jobs than they have. A value from no job is undefined anyway. */
export function smallSamples(outcome: Outcome): readonly SmallSample[] {
  const samples: readonly (readonly [string | undefined, JobTally])[] = [
    [undefined, outcome.all],
    ...outcome.tasks.map((task) => [task.id, task] as const),
  ];
  return samples.flatMap(([taskId, tally]) =>
    demanding.flatMap(({ metric, neededJobs }) => {
      const jobs = metric.jobs(tally);
      if (jobs === 0 || jobs >= neededJobs) return [];
      return [{ metric, taskId, jobs, neededJobs, neededDurationNs: neededDurationNs(outcome, neededJobs / jobs) }];
    }),
  );
}

const demanding = metrics.flatMap((metric) => {
  const { neededJobs } = metric;
  return neededJobs === undefined ? [] : [{ metric, neededJobs }];
});

const neededDurationNs = ({ durationNs, warmupNs }: Outcome, times: number): number =>
  Math.ceil(warmupNs + (durationNs - warmupNs) * times);

/** Optional ones only where they have a value. */
function valuesOf(of: readonly Metric[], value: (metric: Metric) => number | undefined): Values {
  const values: Record<string, number | undefined> = {};
  for (const metric of of) {
    const own = value(metric);
    if (own !== undefined || metric.isOptional !== true) values[metric.name] = own;
  }
  return values;
}

function curvesOf(of: (curve: Curve) => readonly CurvePoint[] | undefined): CurveValues {
  const values: Record<string, readonly CurvePoint[] | undefined> = {};
  for (const curve of curves) values[curve.name] = of(curve);
  return values;
}
