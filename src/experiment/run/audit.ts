/**
 * Replays the log of a run against the rules of design section 2, by other means than the core: it knows only the
 * scenario, the costs and what was told. It keeps the whole log, so its memory grows with the run.
 */
import { listenToEnds, type Observer } from "../../core/events.ts";
import type { Program } from "../../core/program.ts";
import type { JobRecord, RunTotals, Segment } from "../../core/records.ts";
import { contextFindings } from "./audit/context.ts";
import { energyFindings } from "./audit/energy.ts";
import { occupancyFindings } from "./audit/occupancy.ts";
import { releaseFindings } from "./audit/releases.ts";
import { workFindings } from "./audit/work.ts";

export interface AuditOptions {
  readonly seed: number;
  /** Whether the policy asked for late drops. */
  readonly lateDrop: boolean;
}

/** What a run told: all of it. */
export interface RunLog {
  readonly program: Program;
  readonly options: AuditOptions;
  readonly jobs: readonly JobRecord[];
  readonly segments: readonly Segment[];
  readonly totals: RunTotals;
}

/** One rule group: findings in words, none where the rules hold. */
export type Rule = (log: RunLog) => readonly string[];

const rules: readonly Rule[] = [releaseFindings, workFindings, occupancyFindings, contextFindings, energyFindings];

export interface Audit {
  readonly observer: Observer;
  /** Findings, empty where every rule held. */
  finish(totals: RunTotals): readonly string[];
}

export function createAudit(program: Program, options: AuditOptions): Audit {
  const jobs: JobRecord[] = [];
  const segments: Segment[] = [];
  return {
    observer: { ...listenToEnds((job) => jobs.push(job)), segmentEnded: (segment) => segments.push(segment) },
    finish: (totals) => rules.flatMap((rule) => rule({ program, options, jobs, segments, totals })),
  };
}
