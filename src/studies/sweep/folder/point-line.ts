/** Converts a finished point to a line of points.jsonl and back. */

import type { PointFailure, PointOutcome } from "../../../executors/point.ts";
import type {
  AcceleratorResult,
  ResultValues,
  RunResult,
  TaskResult,
  UnknownEnergy,
} from "../../../records/run-result.ts";
import type { Coordinates } from "../../../records/sweep-report.ts";
import { lineValue } from "../../folder/file-lines.ts";

export type PointRecord = DonePoint | FailedPoint;

export interface DonePoint extends PlacedPoint {
  readonly resultHash: string;
  readonly metrics: ResultValues;
  /** `id`, `model` and metrics by name. */
  readonly tasks: RunResult["tasks"];
  /** `id` and metrics by name. */
  readonly accelerators: readonly AcceleratorResult[];
  /** Absent if the costs have all energies. */
  readonly unknownEnergy?: readonly UnknownEnergy[];
  /** Absent if there are none. */
  readonly warnings?: readonly string[];
}

export interface FailedPoint extends PlacedPoint {
  readonly error: PointFailure;
}

interface PlacedPoint {
  readonly index: number;
  readonly coordinates: Coordinates;
}

export const isFailed = (record: PointRecord): record is FailedPoint => "error" in record;

/** The part of an outcome that a sweep keeps. */
export function recordOf(outcome: PointOutcome, coordinates: Coordinates): PointRecord {
  const { index } = outcome;
  if (outcome.kind === "failed") return { index, coordinates, error: outcome.failure };
  const { resultHash, metrics, tasks, accelerators, unknownEnergy, warnings } = outcome.result;
  const kept = { index, coordinates, resultHash, metrics, tasks: tasks.map(withoutCurves), accelerators };
  return {
    ...kept,
    ...(unknownEnergy !== undefined && { unknownEnergy }),
    ...(warnings.length > 0 && { warnings }),
  };
}

/** Curves have many numbers, and neither tables nor requirements use them. A run of the point reports them. */
function withoutCurves({ curves: _, ...task }: TaskResult): TaskResult {
  return task as unknown as TaskResult;
}

/** Ends with a newline. */
export const lineOf = (record: PointRecord): string => `${JSON.stringify(record)}\n`;

/** The index of the point, from the start of its line. The rest of the line is not parsed. */
export const indexOfLine = (line: string): number => Number(/^\{"index":(\d+)/.exec(line)?.[1]);

/** undefined if the line is not a point's or is incomplete. */
export function recordFrom(line: string): PointRecord | undefined {
  const value = lineValue(line);
  if (typeof value !== "object" || value === null) return undefined;
  const { index, coordinates, metrics, error } = value as Readonly<Record<string, unknown>>;
  const isPoint = Number.isInteger(index) && (index as number) >= 0 && typeof coordinates === "object";
  return isPoint && (typeof metrics === "object" || typeof error === "object") ? (value as PointRecord) : undefined;
}
