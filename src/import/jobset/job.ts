/** Jobs of a job set, as np-schedulability-analysis describes them. Times are in the unit of the file. */
import type { Place } from "../reporter.ts";

export interface Job {
  readonly at: Place;
  readonly task: string;
  readonly id: string;
  readonly earliest: number;
  readonly latest: number;
  readonly leastCost: number;
  readonly mostCost: number;
  /** Absolute. */
  readonly deadline: number;
  /** Smaller is more important. */
  readonly priority: number;
}

/** The second job waits for the first. */
export interface Edge {
  readonly at: Place;
  readonly from: JobName;
  readonly to: JobName;
}

export interface JobName {
  readonly task: string;
  readonly id: string;
}

export const keyOf = ({ task, id }: JobName): string => `${task},${id}`;
