/** Random small cases: a scenario on a system, small enough to follow on paper when a policy fails on one. */
import fc from "fast-check";
import type { ParameterValue, SchedulerParameter } from "../../core/scheduler.ts";

export interface RandomCase {
  readonly accelerators: readonly RandomAccelerator[];
  readonly tasks: readonly RandomTask[];
  readonly durationMs: number;
  readonly seed: number;
  /** Values of parameters; those left out have their defaults. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

export interface RandomAccelerator {
  readonly preemption: readonly ("checkpoint" | "kill")[];
}

export interface RandomTask {
  /** Latency of each layer in ms, on each of three accelerators; null: it cannot run there. */
  readonly layersMs: readonly (readonly (number | null)[])[];
  readonly periodMs: number;
  readonly offsetMs: number;
  readonly jitterMs: number;
  readonly deadlineMs: number | "none";
  readonly priority: number;
  /** Index of the task that it waits for, counted back; 0: none. */
  readonly parent: number;
  readonly probability: number;
  /** Most jobs that wait; undefined: any number. */
  readonly queue: number | undefined;
}

export const MOST_ACCELERATORS = 3;

const latency = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 20 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

const task: fc.Arbitrary<RandomTask> = fc.record({
  layersMs: fc.array(fc.tuple(latency, latency, latency), { minLength: 1, maxLength: 4 }),
  periodMs: fc.integer({ min: 5, max: 60 }),
  offsetMs: fc.integer({ min: 0, max: 20 }),
  jitterMs: fc.integer({ min: 0, max: 4 }),
  deadlineMs: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 90 }) },
    { weight: 1, arbitrary: fc.constant("none" as const) },
  ),
  priority: fc.integer({ min: 1, max: 5 }),
  parent: fc.integer({ min: 0, max: 3 }),
  probability: fc.constantFrom(1, 0.5),
  queue: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 5 }),
});

const accelerator: fc.Arbitrary<RandomAccelerator> = fc.record({
  preemption: fc.subarray(["checkpoint", "kill"] as const),
});

/** Cases for a scheduler with these parameters. The defaults are as likely as all other values. */
export const randomCase = (parameters: readonly SchedulerParameter[]): fc.Arbitrary<RandomCase> =>
  fc.record({
    accelerators: fc.array(accelerator, { minLength: 1, maxLength: MOST_ACCELERATORS }),
    tasks: fc.array(task, { minLength: 1, maxLength: 4 }),
    durationMs: fc.integer({ min: 1, max: 200 }),
    seed: fc.integer({ min: 1, max: 1000 }),
    parameters: fc.oneof(fc.constant({}), valuesOf(parameters)),
  });

const valuesOf = (parameters: readonly SchedulerParameter[]): fc.Arbitrary<RandomCase["parameters"]> =>
  fc.record(Object.fromEntries(parameters.map((each) => [each.name, parameterValue(each)])), {
    requiredKeys: [],
  }) as fc.Arbitrary<RandomCase["parameters"]>;

function parameterValue(parameter: SchedulerParameter): fc.Arbitrary<ParameterValue> {
  switch (parameter.kind) {
    case "boolean":
      return fc.boolean();
    case "choice":
      return fc.constantFrom(...parameter.choices);
    case "text":
      // Only the policy knows what it takes.
      return fc.constant(parameter.default);
    case "number": {
      const { default: usual, min, max, isInteger = false } = parameter;
      const ends = [min, max].filter((end) => end !== undefined);
      const within = min === undefined || max === undefined ? fc.constant(usual) : numberFrom(min, max, isInteger);
      return fc.oneof(fc.constantFrom(usual, ...ends), within);
    }
    default:
      return parameter satisfies never;
  }
}

const numberFrom = (min: number, max: number, isInteger: boolean): fc.Arbitrary<number> =>
  isInteger
    ? fc.integer({ min: Math.ceil(min), max: Math.floor(max) })
    : fc.integer({ min: 0, max: 100 }).map((share) => min + ((max - min) * share) / 100);
