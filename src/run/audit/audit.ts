/**
 * Replays the log of a run against the rules of docs/semantics.md. It shares no code with the engine: it knows only the
 * scenario, the costs and the log. It keeps the whole log, so its memory grows with the run.
 */

import { listenToEnds, type Observer, type SegmentBegun, type SegmentEnded, together } from "../../core/events.ts";
import type { Program } from "../../core/program.ts";
import type { JobRecord, RunTotals, Segment } from "../../core/records.ts";
import { contextFindings } from "./context.ts";
import { energyFindings } from "./energy.ts";
import { occupancyFindings } from "./occupancy.ts";
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
  return {
    observer: together([
      listenToEnds((job) => jobs.push(job)),
      { segmentEnded: (segment) => segments.push(segment) },
      hasWeightMemory(program)
        ? { segmentBegun: (mark) => marks.push(mark), segmentEnded: (mark) => marks.push(mark) }
        : {},
    ]),
    finish: (totals) => rules.flatMap((rule) => rule({ program, options, jobs, segments, marks, totals })),
  };
}

/** Whether the audit has to know of begins, too. */
export const hasWeightMemory = ({ weights }: Program): boolean => weights !== undefined;
