/** Every run that an experiment file asks for, by index. */

import type { PointSource } from "../../../executors/point.ts";
import type { InputFile } from "../../../records/run-result.ts";
import type { Coordinates } from "../../../records/sweep-report.ts";
import type { RunRequest } from "../../../run/run-setup.ts";
import type { SeedPrecision } from "../read/seed-precision.ts";

export interface SweepPlan extends PointSource {
  readonly name: string;
  readonly title?: string;
  /** What tells a point from the others, for people: names, values of axes, parameters, the seed. */
  coordinates(index: number): Coordinates;
  /** Of every point, in the order of columns; a point has those that apply to it. */
  readonly coordinateNames: readonly string[];
  /** Points of a group differ in the seed alone and follow each other: k * seedsPerGroup and those after it. */
  readonly seedsPerGroup: number;
  /** Left out: every point is to run; else those that a group needs for it, its first ones. */
  readonly precision?: SeedPrecision;
  /** Every file that a point reads. */
  readonly inputs: readonly InputFile[];
  /** SHA-256 of all that makes the results, the same on every machine and in every folder. */
  readonly hash: string;
  /** As in the file, for example `slaSatisfaction>=0.99`; checked. */
  readonly requirements: readonly string[];
  request(index: number): RunRequest;
}
