/** The record of an explanation. */
import { endNsOf, hasDeadline, jobOutcome, latenessNs } from "../core/job-outcome.ts";
import type { JobRecord } from "../core/records.ts";
import type { ExplainedJob, Explanation, Rescue } from "../records/explanation.ts";
import type { RunResult } from "../records/run-result.ts";
import type { RunSetup } from "../run/run-setup.ts";
import { msOf, taskId } from "./names.ts";
import type { Story } from "./story.ts";

export function explanationOf(
  setup: RunSetup,
  { scenario, system, scheduler, seed, durationMs, variation, resultHash }: RunResult,
  { detail, steps, blockers, omittedDecisions, ...story }: Story,
  rescues: readonly Rescue[] | undefined,
): Explanation {
  return {
    schemaVersion: 1,
    scenario,
    system,
    scheduler,
    seed,
    durationMs,
    ...(variation !== undefined && { variation }),
    resultHash,
    job: explainedJob(setup, story),
    detail,
    steps,
    ...(omittedDecisions !== undefined && { omittedDecisions }),
    blockers,
    ...(rescues !== undefined && { rescues }),
  };
}

export function explainedJob({ program }: RunSetup, { record, time }: Pick<Story, "record" | "time">): ExplainedJob {
  const isTimed = hasDeadline(record);
  return {
    task: taskId(program, record.taskIndex),
    job: record.jobIndex,
    outcome: jobOutcome(record),
    frameReleaseMs: msOf(record.frameReleaseNs),
    releaseMs: msOf(record.releaseNs),
    deadlineMs: isTimed ? msOf(record.deadlineNs) : null,
    priority: record.priority,
    startMs: record.startNs === undefined ? null : msOf(record.startNs),
    endMs: msOf(endNsOf(record)),
    latenessMs: isTimed ? msOf(latenessNs(record)) : null,
    isolatedMs: msOf(isolatedNs(program.tasks[record.taskIndex]!.isolatedNs, record)),
    energyMj: Number.isNaN(record.energyPj) ? null : record.energyPj / 1e9,
    time,
  };
}

const isolatedNs = (ofVariants: readonly number[], { isolatedNs, variantIndex, scale = 1 }: JobRecord): number =>
  isolatedNs ?? ofVariants[variantIndex]! * scale;
