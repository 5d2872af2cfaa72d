/** Runs without a disk, as in a browser. */
import type { Explanation } from "../records/explanation.ts";
import type { RunDiff } from "../records/run-diff.ts";
import type { RunResult } from "../records/run-result.ts";
import { type DiffRequest, diffIn } from "./diff-in.ts";
import { type ExplainRequest, explainIn } from "./explain-in.ts";
import { type BuiltInFiles, MemoryFiles } from "./memory-files.ts";
import type { Place } from "./place.ts";
import { runIn } from "./run-in.ts";
import type { RunRequest } from "./run-request.ts";
import { type RunWithTimeline, type TimelineRequest, timelineIn } from "./timeline-in.ts";
import { type TraceRequest, traceIn } from "./trace-in.ts";

/** A run whose files are all in memory. */
export interface MemoryRunRequest extends RunRequest, BuiltInFiles {}

/** A run and the part of it to show. Its files are all in memory. */
export interface MemoryTimelineRequest extends TimelineRequest, BuiltInFiles {}

/** A run and where its trace goes. Its files are all in memory. */
export interface MemoryTraceRequest extends TraceRequest, BuiltInFiles {}

/** A run and its job to explain. Its files are all in memory. */
export interface MemoryExplainRequest extends ExplainRequest, BuiltInFiles {}

/** Two runs whose files are all in memory. */
export interface MemoryDiffRequest extends DiffRequest, BuiltInFiles {}

/**
 * Runs one scenario with one scheduler on one system, in this thread. The result is the same as the command line's, to the
 * hash. Throws InputError, RequestError or SchedulerError, and AuditError if an audit finds something.
 */
export const run = (request: MemoryRunRequest): Promise<RunResult> => runIn(request, inMemory(request));

/** Makes the same run, and tells who had which accelerator when, and what became of the jobs. Throws likewise. */
export const timeline = (request: MemoryTimelineRequest): Promise<RunWithTimeline> =>
  timelineIn(request, inMemory(request));

/** Makes the same run, and writes its timeline as `rtmm run --trace` does. Throws likewise. */
export const trace = (request: MemoryTraceRequest): Promise<RunResult> => traceIn(request, inMemory(request));

/** Tells the story of one job of the run, as `rtmm explain` does. Throws likewise, and RequestError if there is no such job. */
export const explain = (request: MemoryExplainRequest): Promise<Explanation> => explainIn(request, inMemory(request));

/** Compares two runs of one scenario decision by decision, as `rtmm diff` does. Throws likewise. */
export const diff = (request: MemoryDiffRequest): Promise<RunDiff> => diffIn(request, inMemory(request));

const inMemory = (request: BuiltInFiles): Place => ({
  keys: ["builtIns"],
  open: (caller) => new MemoryFiles(caller, request.builtIns),
});
