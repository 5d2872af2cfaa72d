/** What a schedule may decide, and when: the model within which an optimum is the best there is. */
import type { Program } from "../core/program.ts";
import { closedRootOf } from "../core/scenario.ts";
import { RequestError } from "../input/request-error.ts";

export interface DecisionModel {
  /**
   * What a dispatch runs: one layer (or any number, where every dispatch costs time), so many layers, or all that is left
   * of the job.
   */
  readonly granularity: Granularity;
  /** Whether jobs may be dropped. */
  readonly drops: "allowed" | "never";
  /** How many times a schedule may stop a running job by checkpoint or kill; 0: layers run to their end. */
  readonly preemptions: number;
}

export type Granularity = "layer" | "model" | number;

export const defaultModel: DecisionModel = { granularity: "model", drops: "allowed", preemptions: 0 };

/** Throws RequestError for scenarios whose jobs depend on the schedule. */
export function refuseClosedLoops({ scenario }: Program): void {
  const closed = scenario.tasks.find((_, taskIndex) => closedRootOf(scenario, taskIndex) !== undefined);
  if (closed === undefined) return;
  throw new RequestError(
    `the jobs of task "${closed.id}" come from a closed loop, so other schedules meet other jobs and there is no best one; give the task arrivals of its own`,
  );
}

/**
 * Whether it is proven for a system and a model that starting work earlier never hurts: a schedule that leaves an
 * accelerator idle although the job that it runs next could start there is no better than one that does not.
 */
export function isRegular({ scenario, system, units }: Program, { preemptions }: DecisionModel): boolean {
  return (
    preemptions === 0 &&
    system.contention !== "on" &&
    system.powerCapMw === undefined &&
    units.every((each) => each === 1) &&
    system.accelerators.every(
      ({ weights, operatingPoints }) => weights === undefined && operatingPoints === undefined,
    ) &&
    scenario.tasks.every(({ queue, reads }) => queue === undefined && reads === undefined)
  );
}
