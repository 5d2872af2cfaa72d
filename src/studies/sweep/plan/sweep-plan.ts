/** All runs of an experiment file, by index. */

import type { PointSource } from "../../../executors/point.ts";
import type { InputFile } from "../../../records/run-result.ts";
import type { Coordinates } from "../../../records/sweep-report.ts";
import type { RunRequest } from "../../../run/run-setup.ts";
import type { SeedPrecision } from "../read/seed-precision.ts";

export interface SweepPlan extends PointSource {
  readonly name: string;
  readonly title?: string;
  /** Identify a point to users: names, overridden values, parameters and the seed. */
  coordinates(index: number): Coordinates;
  /** All names, in column order. A point may lack some of them. */
  readonly coordinateNames: readonly string[];
  /** Group k has the points k * seedsPerGroup up to (k + 1) * seedsPerGroup - 1. They differ only in the seed. */
  readonly seedsPerGroup: number;
  /** Present: each group runs only as many of its first points as the precision needs. Absent: every point runs. */
  readonly precision?: SeedPrecision;
  /** Every file that a point reads. */
  readonly inputs: readonly InputFile[];
  /** SHA-256 of everything that determines the results. The same on every machine and in every folder. */
  readonly hash: string;
  /** As in the file, such as `slaSatisfaction>=0.99`. Already checked. */
  readonly requirements: readonly string[];
  request(index: number): RunRequest;
}
