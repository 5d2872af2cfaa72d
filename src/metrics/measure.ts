/** Computes every metric of the catalogue from an outcome. */
import { curves, metrics } from "./index.ts";
import type { CurvePoint, Metric } from "./metric.ts";
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
      curves: byName(curves, (curve) => curve.task(task)),
    })),
    accelerators: outcome.accelerators.map((accelerator) => ({
      id: accelerator.id,
      values: valuesOf(ofAccelerators, (metric) => metric.accelerator?.(accelerator)),
    })),
    curves: byName(curves, (curve) => curve.scenario(outcome)),
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
    metrics
      .map((metric) => ({ metric, taskId, jobs: metric.jobs(tally), neededJobs: metric.neededJobs ?? 0 }))
      .filter(({ jobs, neededJobs }) => jobs > 0 && jobs < neededJobs)
      .map((sample) => ({ ...sample, neededDurationNs: neededDurationNs(outcome, sample.neededJobs / sample.jobs) })),
  );
}

const neededDurationNs = ({ durationNs, warmupNs }: Outcome, times: number): number =>
  Math.ceil(warmupNs + (durationNs - warmupNs) * times);

/** Optional ones only where they have a value. */
function valuesOf(of: readonly Metric[], value: (metric: Metric) => number | undefined): Values {
  const values = byName(of, value);
  for (const { name, isOptional } of of) if (isOptional && values[name] === undefined) delete values[name];
  return values;
}

const byName = <Item extends { readonly name: string }, Value>(
  items: readonly Item[],
  value: (item: Item) => Value,
): Record<string, Value> => Object.fromEntries(items.map((item) => [item.name, value(item)]));
