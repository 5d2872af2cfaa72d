/** The points that a sweep will run. */
import type { Coordinates, SweepIdentity } from "./sweep-report.ts";

export interface PlannedSweep extends SweepIdentity {
  /** Number of points of the shard. With a precision, the number to start with. */
  readonly points: number;
  /** Largest number of points that a precision may need; absent without a precision. */
  readonly pointsAtMost?: number;
  readonly coordinateNames: readonly string[];
  readonly first: readonly PlannedPoint[];
  readonly morePoints: number;
}

export interface PlannedPoint {
  readonly index: number;
  readonly coordinates: Coordinates;
}
