/** One of the schedulers that a record covers. */
import type { ParameterValues } from "../core/scheduler.ts";

/** A scheduler with its parameters and a unique label. */
export interface LabelledScheduler {
  /** Unique in the record: the scheduler's name, with the parameters that were given with it. */
  readonly label: string;
  readonly name: string;
  readonly params: ParameterValues;
}
