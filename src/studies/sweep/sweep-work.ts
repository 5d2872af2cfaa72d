/** The points that a sweep still has to run, and how many it already has. */
import type { PointSource } from "../../executors/point.ts";

export interface SweepWork extends PointSource {
  /** Number of points wanted so far. A precision may add more. */
  readonly total: number;
  /** Number of points that had a result at the start. */
  readonly done: number;
  /** Maximum number of points to run. */
  readonly mostLeft: number;
  /** Called when the point's outcome is in the file. */
  ended(index: number): void;
  /** Whether to run another round. Called when all points of the current one have ended. */
  goesOn(): boolean;
}
