/**
 * Replays the log of a run against the rules of docs/semantics.md. It shares no code with the engine: it knows only the
 * scenario, the costs and the log. It keeps the whole log, so its memory grows with the run.
 */

import {
  type EventKind,
  listenTo,
  listenToEnds,
  type Observer,
  type RunEvent,
  type SegmentBegun,
  type SegmentEnded,
  together,
} from "../../core/events.ts";
import type { Program } from "../../core/program.ts";
import type { JobRecord, RunTotals, Segment } from "../../core/records.ts";
import { contextFindings } from "./context.ts";
import { energyFindings } from "./energy.ts";
import { occupancyFindings } from "./occupancy.ts";
import { queueFindings } from "./queues.ts";
import { readFindings } from "./reads.ts";
import { releaseFindings } from "./releases.ts";
import type { AuditOptions, Rule } from "./run-log.ts";
import { weightFindings } from "./weights.ts";
import { workFindings } from "./work.ts";

const rules: readonly Rule[] = [
  releaseFindings,
  workFindings,
  occupancyFindings,
  contextFindings,
  weightFindings,
  energyFindings,
  readFindings,
  queueFindings,
];

/** What readings and queues depend on. */
const courseKinds: readonly EventKind[] = [
  "jobReleased",
  "jobDispatched",
  "inputsRead",
  "dispatchEnded",
  "jobCompleted",
  "jobDropped",
];

/** Replays the log of a run against the rules of the simulation. */
export interface Audit {
  readonly observer: Observer;
  /** Returns the findings; empty if every rule held. */
  finish(totals: RunTotals): readonly string[];
}

/** Makes an audit of one run. */
export function createAudit(program: Program, options: AuditOptions): Audit {
  const jobs: JobRecord[] = [];
  const segments: Segment[] = [];
  const marks: (SegmentBegun | SegmentEnded)[] = [];
  const course: RunEvent[] = [];
  return {
    observer: together([
      listenToEnds((job) => jobs.push(job)),
      { segmentEnded: (segment) => segments.push(segment) },
      hasWeightMemory(program)
        ? { segmentBegun: (mark) => marks.push(mark), segmentEnded: (mark) => marks.push(mark) }
        : {},
      hasReadsOrQueues(program) ? listenTo((event) => course.push(event), courseKinds) : {},
    ]),
    finish: (totals) => rules.flatMap((rule) => rule({ program, options, jobs, segments, marks, course, totals })),
  };
}

/** Whether the audit has to know of begins, too. */
const hasWeightMemory = ({ weights }: Program): boolean => weights !== undefined;

const hasReadsOrQueues = ({ tasks }: Program): boolean =>
  tasks.some(({ task }) => task.reads !== undefined || task.queue !== undefined);
