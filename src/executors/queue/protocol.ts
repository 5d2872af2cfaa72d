/** Records and messages that sweeps and workers exchange through Redis. */
import { gunzipSync, gzipSync } from "node:zlib";
import type { Point, PointOutcome } from "../point.ts";
import type { Build } from "./build.ts";

/** Stored under a sweep's key while the sweep lives. */
export interface SweepRecord {
  readonly name: string;
  readonly build: Build;
  readonly host: string;
  /** Absolute. Relative paths start here. */
  readonly cwd: string;
  /** Package folder of the sweep's rtmm. Paths of built-in files start here. */
  readonly packageFolder: string;
  readonly files: readonly BundledPath[];
}

export interface BundledPath {
  /** Absolute, on the sweep's machine. */
  readonly path: string;
  readonly sha256: string;
}

/** Stored under a worker's key while the worker lives. */
export interface WorkerRecord {
  readonly build: Build;
  readonly host: string;
  /** Points that run at once, each in a thread. */
  readonly threads: number;
}

/** A job of the queue. */
export interface PointJob {
  readonly sweep: string;
  /** Number of the executor's call of `run`. The same index means another point in each call. */
  readonly run: number;
  readonly points: readonly Point[];
}

/** Some or all outcomes of a job, in the order in which the points ended. */
export interface Report {
  readonly run: number;
  readonly outcomes: readonly PointOutcome[];
  /** Time on one thread. */
  readonly computedMs: number;
}

/** Compressed, because the similar results of a sweep shrink to a tenth. */
export const encoded = (report: Report): Buffer => gzipSync(JSON.stringify(report), { level: 1 });

export const decoded = (bytes: Buffer): Report => JSON.parse(gunzipSync(bytes).toString()) as Report;
