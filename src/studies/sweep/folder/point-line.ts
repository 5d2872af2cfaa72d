/** A finished point as a line of points.jsonl, and back. */

import type { PointFailure, PointOutcome } from "../../../executors/point.ts";
import type {
  AcceleratorResult,
  ResultValues,
  RunResult,
  TaskResult,
  UnknownEnergy,
} from "../../../records/run-result.ts";
import type { Coordinates } from "../../../records/sweep-report.ts";

export type PointRecord = DonePoint | FailedPoint;

export interface DonePoint extends PlacedPoint {
  readonly resultHash: string;
  readonly metrics: ResultValues;
  /** `id`, `model` and metrics by name. */
  readonly tasks: RunResult["tasks"];
  /** `id` and metrics by name. */
  readonly accelerators: readonly AcceleratorResult[];
  /** Left out where the costs have all energies. */
  readonly unknownEnergy?: readonly UnknownEnergy[];
  /** Left out where there is none. */
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

/** What is kept of an outcome. */
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

/** Curves are many numbers that neither tables nor requirements look at; a run of the point has them. */
function withoutCurves({ curves: _, ...task }: TaskResult): TaskResult {
  return task as unknown as TaskResult;
}

/** Line end included. */
export const lineOf = (record: PointRecord): string => `${JSON.stringify(record)}\n`;

/** Of a whole line of a point, without looking at the rest of it. */
export const indexOfLine = (line: string): number => Number(/^\{"index":(\d+)/.exec(line)?.[1]);

/** undefined: this is no such line, or only a part of one. */
export function recordFrom(line: string): PointRecord | undefined {
  const value = parsed(line);
  if (typeof value !== "object" || value === null) return undefined;
  const { index, coordinates, metrics, error } = value as Readonly<Record<string, unknown>>;
  const isPoint = Number.isInteger(index) && (index as number) >= 0 && typeof coordinates === "object";
  return isPoint && (typeof metrics === "object" || typeof error === "object") ? (value as PointRecord) : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
