/** A scheduler among several that one record is about. */
import type { ParameterValues } from "../core/scheduler.ts";

/** A scheduler with its parameters, by a name that no other one has. */
export interface LabelledScheduler {
  /** Unique in the record: the scheduler's name, with the parameters that were given with it. */
  readonly label: string;
  readonly name: string;
  readonly params: ParameterValues;
}
