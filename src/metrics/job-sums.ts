/** Adds one ended job to the sums from which the metrics are computed. */
import { hasDeadline, violates } from "../core/job-outcome.ts";
import type { DropReason, JobRecord, JobWeights } from "../core/records.ts";
import type { TaskContext } from "./measurement-context.ts";
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
  droppedByQueue: 0,
  refused: 0,
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
  withWeightMemory: 0,
  weightLoads: 0,
  checkpoints: 0,
  kills: 0,
  drains: 0,
  emptyReads: 0,
  outputs: 0,
  outputsRead: 0,
});

export function addSums(sums: MutableSums, other: JobSums): void {
  for (const name of Object.keys(sums) as (keyof JobSums)[]) sums[name] += other[name];
}

/** Call it for every measured job, completed or dropped. */
export function addJob(sums: MutableSums, job: JobRecord, task: TaskContext): void {
  sums.released += 1;
  if (hasDeadline(job)) sums.withDeadline += 1;
  if (violates(job)) sums.violations += 1;
  if (isolatedTime(job, task) !== undefined) sums.withIsolatedTime += 1;
  sums.prioritySum += job.priority;
  sums.contextSwitches += job.contextSwitches;
  sums.checkpoints += job.preemptions.checkpoint;
  sums.kills += job.preemptions.kill;
  sums.drains += job.preemptions.drain;
  if (job.weights !== undefined) addWeights(sums, job.weights);
  addEnergy(sums, job, task.worstEnergyPj * (job.scale ?? 1));
  if (job.completionNs === undefined) addDrop(sums, job.dropReason);
  else addCompletion(sums, job, job.completionNs, task);
}

function addWeights(sums: MutableSums, { loads }: JobWeights): void {
  sums.withWeightMemory += 1;
  sums.weightLoads += loads;
}

/** The isolated time of this job's own layers, else of its variant; undefined if there is none to normalise with. */
export function isolatedTime(job: JobRecord, task: TaskContext): number | undefined {
  const isolatedNs = job.isolatedNs ?? task.variants[job.variantIndex]?.isolatedNs;
  return isolatedNs !== undefined && isolatedNs > 0 && Number.isFinite(isolatedNs) ? isolatedNs : undefined;
}

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
    case "queue":
      sums.droppedByQueue += 1;
      return;
    case "refused":
      sums.refused += 1;
      return;
    case "policy":
    case undefined:
      sums.droppedByPolicy += 1;
      return;
    default:
      reason satisfies never;
  }
}

function addCompletion(sums: MutableSums, job: JobRecord, completionNs: number, task: TaskContext): void {
  sums.completed += 1;
  if (completionNs > job.deadlineNs) sums.late += 1;
  if (task.isRead === true) sums.outputs += 1;
  const { accuracyScore = 1, accuracyLoss } = accuracyOf(job, task) ?? {};
  addScores(sums, realTimeScore(completionNs, job.deadlineNs), energyScore(job.energyPj), accuracyScore);
  const isolatedNs = isolatedTime(job, task);
  if (isolatedNs !== undefined) addTurnaround(sums, completionNs - job.releaseNs, isolatedNs);
  if (accuracyLoss === undefined) return;
  sums.accuracyJobs += 1;
  sums.accuracyLossSum += accuracyLoss;
}

function accuracyOf({ variantIndex, exitIndex }: JobRecord, { variants }: TaskContext) {
  const variant = variants[variantIndex];
  return exitIndex === undefined ? variant : variant?.exits[exitIndex];
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
