/** The points that a sweep still has to run. */
import type { PointSource } from "../../executors/point.ts";

/** What there is to do, and how much of it was done before. */
export interface SweepWork extends PointSource {
  /** As far as it is known; a precision may want more. */
  readonly total: number;
  /** When the work was made. */
  readonly done: number;
  /** How many points are to be run at most. */
  readonly mostLeft: number;
  /** The point's outcome is in the file. */
  ended(index: number): void;
  /** Whether there are more points to run, now that all of them have ended. */
  goesOn(): boolean;
}
