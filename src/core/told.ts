/** The one place where the state of a run becomes records. */
import { deadlineOf } from "./arrivals.ts";
import type { Lane } from "./lane.ts";
import type { LiveJob } from "./live-job.ts";
import type { DropReason, JobRecord, Segment } from "./records.ts";
import type { Task } from "./scenario.ts";
import type { Frame } from "./world.ts";

/** A job that ends now; without a reason to drop it, it has completed. */
export function endedJob(
  job: LiveJob,
  nowNs: number,
  dropReason: DropReason | undefined,
  isolatedNs: number | undefined,
): JobRecord {
  const isDropped = dropReason !== undefined;
  return {
    taskIndex: job.taskIndex,
    jobIndex: job.jobIndex,
    releaseNs: job.releaseNs,
    frameReleaseNs: Math.round(job.frameNs),
    deadlineNs: job.deadlineNs,
    priority: job.priority,
    startNs: job.hasStarted ? job.startNs : undefined,
    completionNs: isDropped ? undefined : nowNs,
    dropNs: isDropped ? nowNs : undefined,
    dropReason,
    variantIndex: job.variantIndex,
    ...(job.exitIndex >= 0 && { exitIndex: job.exitIndex }),
    ...(isolatedNs !== undefined && { isolatedNs }),
    energyPj: job.energyPj,
    accelerators: [...job.accelerators],
    contextSwitches: job.contextSwitches,
    preemptions: { checkpoint: job.checkpoints, kill: job.kills, drain: job.drains },
  };
}

/** A job whose parent was dropped counts as released and dropped at that instant. */
export function orphan(task: Task, { taskIndex, jobIndex, frameNs, framePeriodNs }: Frame, nowNs: number): JobRecord {
  return {
    taskIndex,
    jobIndex,
    releaseNs: nowNs,
    frameReleaseNs: Math.round(frameNs),
    deadlineNs: deadlineOf(task, frameNs, framePeriodNs),
    priority: task.priority,
    startNs: undefined,
    completionNs: undefined,
    dropNs: nowNs,
    dropReason: "parent",
    variantIndex: 0,
    energyPj: 0,
    accelerators: [],
    contextSwitches: 0,
    preemptions: { checkpoint: 0, kill: 0, drain: 0 },
  };
}

/** The segment on a lane, as it ends now. */
export function endedSegment(
  lane: Lane,
  job: LiveJob,
  nowNs: number,
  { energyPj, progressAfter, end }: Pick<Segment, "energyPj" | "progressAfter" | "end">,
): Segment {
  return {
    taskIndex: job.taskIndex,
    jobIndex: job.jobIndex,
    acceleratorIndex: lane.acceleratorIndex,
    units: lane.units,
    variantIndex: job.variantIndex,
    layerIndex: job.row - job.task.firstRow[job.variantIndex]!,
    startNs: lane.startNs,
    ...(lane.overheadNs > 0 && { overheadNs: lane.overheadNs }),
    ...(lane.lagNs > 0 && { lagNs: lane.lagNs }),
    ...(lane.operatingPoint >= 0 && { operatingPoint: lane.operatingPoint }),
    switchInNs: lane.switchInNs,
    switchOutNs: lane.switchOutNs,
    endNs: nowNs,
    energyPj,
    progressBefore: lane.progressBefore,
    progressAfter,
    end,
  };
}
