/** What sweeps and workers say to each other through Redis. */
import { gunzipSync, gzipSync } from "node:zlib";
import type { Point, PointOutcome } from "../point.ts";
import type { Build } from "./build.ts";

/** Kept under a sweep's key as long as it lives. */
export interface SweepRecord {
  readonly name: string;
  readonly build: Build;
  readonly host: string;
  /** Absolute; relative paths start there. */
  readonly cwd: string;
  /** Of the sweep's rtmm: paths of built-ins start there. */
  readonly packageFolder: string;
  readonly files: readonly BundledPath[];
}

export interface BundledPath {
  /** Absolute, on the sweep's machine. */
  readonly path: string;
  readonly sha256: string;
}

/** Kept under a worker's key as long as it lives. */
export interface WorkerRecord {
  readonly build: Build;
  readonly host: string;
  /** Points at once. */
  readonly lanes: number;
}

/** A job of the queue. */
export interface PointJob {
  readonly sweep: string;
  /** Which of the sweep's executions: the same index is another point in each. */
  readonly run: number;
  readonly points: readonly Point[];
}

/** Part or all of a job's outcomes, in the order in which the points ended. */
export interface Report {
  readonly run: number;
  readonly outcomes: readonly PointOutcome[];
  /** Time on one lane. */
  readonly computedMs: number;
}

/** Results of a sweep look alike: they shrink to a tenth. */
export const encoded = (report: Report): Buffer => gzipSync(JSON.stringify(report), { level: 1 });

export const decoded = (bytes: Buffer): Report => JSON.parse(gunzipSync(bytes).toString()) as Report;
