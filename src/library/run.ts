/** Runs with the files of this machine. */
import type { Explanation } from "../records/explanation.ts";
import type { RunDiff } from "../records/run-diff.ts";
import type { RunResult } from "../records/run-result.ts";
import { type DiffRequest, diffIn } from "../request/diff-in.ts";
import { type ExplainRequest, explainIn } from "../request/explain-in.ts";
import { runIn } from "../request/run-in.ts";
import type { RunRequest } from "../request/run-request.ts";
import { type RunWithTimeline, type TimelineRequest, timelineIn } from "../request/timeline-in.ts";
import { type OnMachine, onMachine } from "./open-library.ts";

/** A run that may read this machine's files. */
export interface NodeRunRequest extends RunRequest, OnMachine {}

/** A run that may read this machine's files, and the part of it to show. */
export interface NodeTimelineRequest extends TimelineRequest, OnMachine {}

/** A run that may read this machine's files, and its job to explain. */
export interface NodeExplainRequest extends ExplainRequest, OnMachine {}

/** Two runs that may read this machine's files. */
export interface NodeDiffRequest extends DiffRequest, OnMachine {}

/**
 * Runs one scenario with one scheduler on one system, in this thread. The result is that of `rtmm run`, to the hash.
 * Throws InputError, RequestError or SchedulerError, and AuditError if an audit finds something.
 */
export const run = (request: NodeRunRequest): Promise<RunResult> => runIn(request, onMachine(request));

/** Makes the same run, and tells who had which accelerator when, and what became of the jobs. Throws likewise. */
export const timeline = (request: NodeTimelineRequest): Promise<RunWithTimeline> =>
  timelineIn(request, onMachine(request));

/** Tells the story of one job of the run, as `rtmm explain` does. Throws likewise, and RequestError if there is no such job. */
export const explain = (request: NodeExplainRequest): Promise<Explanation> => explainIn(request, onMachine(request));

/** Compares two runs of one scenario decision by decision, as `rtmm diff` does. Throws likewise. */
export const diff = (request: NodeDiffRequest): Promise<RunDiff> => diffIn(request, onMachine(request));
