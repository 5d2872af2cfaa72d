/**
 * Scenarios with new tasks for each seed: tenants of an accelerator, one job each. Each task is drawn independently of
 * the others and of the scheduler. Source: docs/references.md#prema-workload.
 */
import { type Purpose, purpose, uniform } from "../core/draws.ts";
import type { Model } from "../core/model.ts";
import type { Scenario, Task } from "../core/scenario.ts";

/** Tasks that are drawn anew for each seed. */
export interface MultiTenant {
  readonly kind: "multi-tenant";
  /** Number of tasks. */
  readonly tasks: number;
  /** [model][batch]: every entry is equally likely. */
  readonly models: readonly (readonly Model[])[];
  /** Undefined: each model's own. */
  readonly batches: readonly number[] | undefined;
  readonly priorities: readonly number[];
  /** Jobs are released at times drawn uniformly from [0, windowNs). */
  readonly windowNs: number;
  /** Relative to the release; Infinity: none. */
  readonly deadlineNs: number;
}

/** A scenario as in its file. If the file has a generator, the tasks are those of one seed. */
export interface LoadedScenario extends Scenario {
  readonly generator?: MultiTenant;
}

/** The scenario with the tasks of a seed; the same scenario if nothing is generated. */
export function scenarioOfSeed(scenario: LoadedScenario, seed: number): LoadedScenario {
  const { generator } = scenario;
  return generator === undefined ? scenario : { ...scenario, tasks: drawnTasks(generator, seed) };
}

/** All models that tasks may have with any seed, each once. */
export const possibleModels = ({ generator, tasks }: LoadedScenario): readonly Model[] => [
  ...new Set(generator?.models.flat() ?? tasks.map(({ model }) => model)),
];

export function drawnTasks(generator: MultiTenant, seed: number): readonly Task[] {
  const { models, priorities, windowNs, deadlineNs } = generator;
  return Array.from({ length: generator.tasks }, (_, taskIndex) => {
    const oneOf = <Choice>(choices: readonly Choice[], why: Purpose): Choice =>
      choices[Math.floor(uniform(seed, taskIndex, 0, why) * choices.length)] as Choice;
    return {
      id: `tenant${taskIndex + 1}`,
      model: oneOf(oneOf(models, purpose.model), purpose.batch),
      release: { kind: "one-shot", count: 1, fromNs: 0, toNs: windowNs },
      deadlineNs,
      priority: oneOf(priorities, purpose.priority),
    };
  });
}
