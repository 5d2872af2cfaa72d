/** Adds one ended job to the sums that the metrics are computed from. */
import type { DropReason, JobRecord } from "../core/records.ts";
import { hasDeadline, violates } from "./deadlines.ts";
import type { TaskContext, VariantContext } from "./measurement-context.ts";
import type { JobSums } from "./outcome.ts";
import { energyScore, realTimeScore } from "./xrbench.ts";

export type MutableSums = { -readonly [Name in keyof JobSums]: JobSums[Name] };

export const zeroSums = (): MutableSums => ({
  released: 0,
  withDeadline: 0,
  completed: 0,
  late: 0,
  droppedLate: 0,
  droppedByPolicy: 0,
  droppedWithParent: 0,
  violations: 0,
  energyPj: 0,
  chargedEnergyPj: 0,
  worstEnergyPj: 0,
  prioritySum: 0,
  withIsolatedTime: 0,
  nttJobs: 0,
  nttSum: 0,
  progressSum: 0,
  realTimeScoreSum: 0,
  energyScoreSum: 0,
  accuracyScoreSum: 0,
  inferenceScoreSum: 0,
  artifactScoreSum: 0,
  accuracyJobs: 0,
  accuracyLossSum: 0,
  contextSwitches: 0,
  checkpoints: 0,
  kills: 0,
  drains: 0,
});

export function addSums(sums: MutableSums, other: JobSums): void {
  for (const name of Object.keys(sums) as (keyof JobSums)[]) sums[name] += other[name];
}

/** Every measured job, completed or dropped. */
export function addJob(sums: MutableSums, job: JobRecord, task: TaskContext): void {
  sums.released += 1;
  if (hasDeadline(job)) sums.withDeadline += 1;
  if (violates(job)) sums.violations += 1;
  if (hasIsolatedTime(task.variants[job.variantIndex])) sums.withIsolatedTime += 1;
  sums.prioritySum += job.priority;
  sums.contextSwitches += job.contextSwitches;
  sums.checkpoints += job.preemptions.checkpoint;
  sums.kills += job.preemptions.kill;
  sums.drains += job.preemptions.drain;
  addEnergy(sums, job, task.worstEnergyPj);
  if (job.completionNs === undefined) addDrop(sums, job.dropReason);
  else addCompletion(sums, job, job.completionNs, task.variants[job.variantIndex]);
}

/** Without one, there is nothing to normalise a turnaround with. */
export const hasIsolatedTime = (variant: VariantContext | undefined): variant is VariantContext =>
  variant !== undefined && variant.isolatedNs > 0 && Number.isFinite(variant.isolatedNs);

function addEnergy(sums: MutableSums, job: JobRecord, worstEnergyPj: number): void {
  const isDropped = job.completionNs === undefined;
  sums.energyPj += job.energyPj;
  sums.chargedEnergyPj += isDropped ? Math.max(job.energyPj, worstEnergyPj) : job.energyPj;
  sums.worstEnergyPj += worstEnergyPj;
}

function addDrop(sums: MutableSums, reason: DropReason | undefined): void {
  switch (reason) {
    case "late":
      sums.droppedLate += 1;
      return;
    case "parent":
      sums.droppedWithParent += 1;
      return;
    case "policy":
    case undefined:
      sums.droppedByPolicy += 1;
      return;
    default:
      reason satisfies never;
  }
}

function addCompletion(
  sums: MutableSums,
  job: JobRecord,
  completionNs: number,
  variant: VariantContext | undefined,
): void {
  sums.completed += 1;
  if (completionNs > job.deadlineNs) sums.late += 1;
  addScores(sums, realTimeScore(completionNs, job.deadlineNs), energyScore(job.energyPj), variant?.accuracyScore ?? 1);
  if (hasIsolatedTime(variant)) addTurnaround(sums, completionNs - job.releaseNs, variant.isolatedNs);
  if (variant?.accuracyLoss === undefined) return;
  sums.accuracyJobs += 1;
  sums.accuracyLossSum += variant.accuracyLoss;
}

function addScores(sums: MutableSums, realTime: number, energy: number, accuracy: number): void {
  sums.realTimeScoreSum += realTime;
  sums.energyScoreSum += energy;
  sums.accuracyScoreSum += accuracy;
  sums.inferenceScoreSum += realTime * energy * accuracy;
  sums.artifactScoreSum += realTime * energy;
}

function addTurnaround(sums: MutableSums, responseNs: number, isolatedNs: number): void {
  sums.nttJobs += 1;
  sums.nttSum += responseNs / isolatedNs;
  sums.progressSum += responseNs === 0 ? 1 : isolatedNs / responseNs;
}
