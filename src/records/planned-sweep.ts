/** What a sweep would run. */
import type { Coordinates } from "./sweep-report.ts";

export interface PlannedSweep {
  readonly name: string;
  readonly title: string | null;
  readonly planHash: string;
  /** Such as `1/4`; null: the whole sweep. */
  readonly shard: string | null;
  /** Of the shard; those that a precision begins with. */
  readonly points: number;
  /** Left out: there is no precision that may want more. */
  readonly pointsAtMost?: number;
  readonly coordinateNames: readonly string[];
  readonly first: readonly PlannedPoint[];
  readonly morePoints: number;
}

export interface PlannedPoint {
  readonly index: number;
  readonly coordinates: Coordinates;
}
