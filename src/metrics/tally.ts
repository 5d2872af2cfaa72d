/** Collects a run's jobs into an outcome during the run, in memory that does not grow with its length. */
import type {
  AcceleratorTotals,
  JobRecord,
  OutputRecord,
  ReadRecord,
  RunTotals,
  WeightTotals,
} from "../core/records.ts";
import { slaTargets } from "./deadlines.ts";
import { Distribution } from "./distribution.ts";
import { addJob, addSums, isolatedTime, type MutableSums, zeroSums } from "./job-sums.ts";
import type { AcceleratorContext, MeasurementContext, TaskContext } from "./measurement-context.ts";
import type { AcceleratorOutcome, JobTally, LatencySummary, Outcome } from "./outcome.ts";

/** An observer of one run; `finish` is called once, after its last job. */
export interface Tally {
  /** Counts a job that has ended. */
  jobEnded(job: JobRecord): void;
  /** Counts outputs that are read for the first time. Needed where the scenario has reads. */
  inputsRead(event: { readonly reads: readonly ReadRecord[] }): void;
  /** The outcome of all of them. */
  finish(totals: RunTotals): Outcome;
}

/** Counts jobs as they end, in memory that does not grow with their number. */
export function createTally(context: MeasurementContext): Tally {
  const whole = context.tasks.map(gatheringOf);
  const byPhase = context.phases.map(() => context.tasks.map(gatheringOf));
  const lastRead = context.tasks.map(() => -1);
  return {
    jobEnded(job) {
      const task = context.tasks[job.taskIndex];
      if (task === undefined) throw new RangeError(`no task ${job.taskIndex} to measure`);
      if (job.frameReleaseNs < context.warmupNs) return;
      gather(whole[job.taskIndex]!, job, task);
      if (byPhase.length > 0) gather(byPhase[phaseIndex(context, job)]![job.taskIndex]!, job, task);
    },
    inputsRead({ reads }) {
      for (const { taskIndex, output } of reads) {
        // Jobs take the newest output, so none comes back once a newer one has been taken.
        if (output === undefined || output.jobIndex === lastRead[taskIndex]) continue;
        lastRead[taskIndex] = output.jobIndex;
        if (output.frameReleaseNs < context.warmupNs) continue;
        whole[taskIndex]!.sums.outputsRead += 1;
        if (byPhase.length > 0) byPhase[phaseIndex(context, output)]![taskIndex]!.sums.outputsRead += 1;
      }
    },
    finish: (totals) => outcome(context, whole, byPhase, totals),
  };
}

function phaseIndex({ phases }: MeasurementContext, { frameReleaseNs }: JobRecord | OutputRecord): number {
  let index = phases.length - 1;
  while (index > 0 && phases[index]!.fromNs > frameReleaseNs) index -= 1;
  return index;
}

/** The outcome of a run from a list of its jobs, in the order in which they ended. */
export function outcomeOf(jobs: Iterable<JobRecord>, totals: RunTotals, context: MeasurementContext): Outcome {
  const tally = createTally(context);
  for (const job of jobs) tally.jobEnded(job);
  return tally.finish(totals);
}

interface Gathering {
  readonly sums: MutableSums;
  /** Jobs by the first SLA target that they meet; a last entry for those that meet none. */
  readonly firstTargetMet: Float64Array;
  readonly response: Distribution;
  readonly endToEnd: Distribution;
  readonly motionToPhoton: Distribution;
  readonly reaction: Distribution;
  /** The newest source frame that the display has shown; NaN before the first. */
  shownNs: number;
  /** A task that is read each. */
  readonly reads: readonly ReadGathering[];
}

interface ReadGathering {
  readonly taskIndex: number;
  readonly age: Distribution;
  empty: number;
}

const gathering = (reads: readonly ReadGathering[]): Gathering => ({
  sums: zeroSums(),
  firstTargetMet: new Float64Array(slaTargets.length + 1),
  response: new Distribution(),
  endToEnd: new Distribution(),
  motionToPhoton: new Distribution(),
  reaction: new Distribution(),
  shownNs: Number.NaN,
  reads,
});

const gatheringOf = ({ reads = [] }: TaskContext): Gathering =>
  gathering(reads.map((taskIndex) => ({ taskIndex, age: new Distribution(), empty: 0 })));

function gather(into: Gathering, job: JobRecord, task: TaskContext): void {
  addJob(into.sums, job, task);
  if (job.completionNs === undefined) return;
  const responseNs = job.completionNs - job.releaseNs;
  const isolatedNs = isolatedTime(job, task);
  if (isolatedNs !== undefined) countTargetMet(into.firstTargetMet, responseNs, isolatedNs);
  into.response.add(responseNs);
  if (task.isDependent) into.endToEnd.add(job.completionNs - job.frameReleaseNs);
  if (task.isDisplay) gatherMotion(into, job, job.completionNs);
  if (job.reads !== undefined) gatherReads(into, job.reads, job.completionNs);
}

/** What is made of nothing that was read shows no motion. */
function gatherMotion(into: Gathering, job: JobRecord, completionNs: number): void {
  const sourceNs = job.sourceReleaseNs ?? job.frameReleaseNs;
  if (sourceNs === -Infinity) return;
  into.motionToPhoton.add(completionNs - sourceNs);
  if (sourceNs <= into.shownNs) return;
  // What happened just after the frame that was shown until now is first seen now.
  if (!Number.isNaN(into.shownNs)) into.reaction.add(completionNs - into.shownNs);
  into.shownNs = sourceNs;
}

function gatherReads(into: Gathering, reads: readonly ReadRecord[], completionNs: number): void {
  for (const [i, { output }] of reads.entries()) {
    const read = into.reads[i]!;
    if (output !== undefined) read.age.add(completionNs - output.frameReleaseNs);
    else {
      read.empty += 1;
      into.sums.emptyReads += 1;
    }
  }
}

function countTargetMet(firstTargetMet: Float64Array, responseNs: number, isolatedNs: number): void {
  const first = slaTargets.findIndex((target) => responseNs <= target * isolatedNs);
  const index = first < 0 ? slaTargets.length : first;
  firstTargetMet[index] = firstTargetMet[index]! + 1;
}

/** In task order, so that sums of fractions are the same every time. */
function together(gatherings: readonly Gathering[]): Gathering {
  const all = gathering(gatherings.flatMap(({ reads }) => reads));
  for (const { sums, firstTargetMet, response, endToEnd, motionToPhoton, reaction } of gatherings) {
    addSums(all.sums, sums);
    firstTargetMet.forEach((jobs, index) => {
      all.firstTargetMet[index] = all.firstTargetMet[index]! + jobs;
    });
    all.response.absorb(response);
    all.endToEnd.absorb(endToEnd);
    all.motionToPhoton.absorb(motionToPhoton);
    all.reaction.absorb(reaction);
  }
  return all;
}

const jobTally = ({
  sums,
  firstTargetMet,
  response,
  endToEnd,
  motionToPhoton,
  reaction,
  reads,
}: Gathering): JobTally => ({
  ...sums,
  withinSla: withinSla(firstTargetMet),
  response: response.summary(),
  endToEnd: endToEnd.summary(),
  age: ageOfAll(reads),
  motionToPhoton: motionToPhoton.summary(),
  reaction: reaction.summary(),
  reads: reads.map(({ taskIndex, age, empty }) => ({ taskIndex, age: age.summary(), empty })),
});

function withinSla(firstTargetMet: Float64Array): readonly number[] {
  let jobs = 0;
  return slaTargets.map((_, index) => {
    jobs += firstTargetMet[index]!;
    return jobs;
  });
}

function ageOfAll(reads: readonly ReadGathering[]): LatencySummary {
  const all = new Distribution();
  for (const { age } of reads) all.absorb(age);
  return all.summary();
}

function outcome(
  context: MeasurementContext,
  whole: readonly Gathering[],
  byPhase: readonly (readonly Gathering[])[],
  totals: RunTotals,
): Outcome {
  const elapsedNs = Math.max(context.durationNs, totals.endNs);
  const measuredShare = elapsedNs === 0 ? 0 : Math.max(0, elapsedNs - context.warmupNs) / elapsedNs;
  return {
    durationNs: context.durationNs,
    warmupNs: context.warmupNs,
    elapsedNs,
    ...jobsOutcome(context, whole),
    accelerators: context.accelerators.map((accelerator, index) =>
      acceleratorOutcome(accelerator, totals.accelerators[index], totals.weights?.[index], elapsedNs, measuredShare),
    ),
    decisions: totals.decisions,
    peakPowerMw: totals.peakPowerMw,
    phases: context.phases.map((phase, index) => ({ ...phase, ...jobsOutcome(context, byPhase[index]!) })),
    features: context.features,
  };
}

const jobsOutcome = (context: MeasurementContext, gatherings: readonly Gathering[]) => ({
  tasks: context.tasks.map(({ id, modelName }, index) => ({ id, modelName, ...jobTally(gatherings[index]!) })),
  all: jobTally(together(gatherings)),
});

/** 1 mW is 1 pJ per ns. */
function acceleratorOutcome(
  { id, units, idlePowerMw }: AcceleratorContext,
  totals: AcceleratorTotals | undefined,
  weights: WeightTotals | undefined,
  elapsedNs: number,
  measuredShare: number,
): AcceleratorOutcome {
  const { busyNs, energyPj, contextSwitches } = totals ?? noWork;
  const busyTimeNs = busyNs / units;
  return {
    id,
    utilisation: elapsedNs === 0 ? undefined : busyTimeNs / elapsedNs,
    energyPj,
    idleEnergyPj: idlePowerMw * (elapsedNs - busyTimeNs) * measuredShare,
    contextSwitches,
    weightLoads: weights?.loads,
    weightWaitShare: weights && elapsedNs > 0 ? weights.waitNs / units / elapsedNs : undefined,
  };
}

const noWork: AcceleratorTotals = { busyNs: 0, energyPj: 0, contextSwitches: 0 };
