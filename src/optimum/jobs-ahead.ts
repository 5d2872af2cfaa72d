/** All jobs that the draws of a seed release, with what is known of each before any schedule. */
import { releasedJobs } from "../analysis/feasibility/index.ts";
import { releaseCursor } from "../core/arrivals.ts";
import type { Program } from "../core/program.ts";
import { hasScales } from "../core/scenario.ts";
import type { MeasurementContext } from "../metrics/measurement-context.ts";
import { OwnWork, type Timing } from "./own-work.ts";

export interface JobAhead {
  readonly taskIndex: number;
  readonly jobIndex: number;
  readonly work: OwnWork;
  /** Earliest release under any schedule. */
  readonly startNs: number;
  /** Infinity: none, or it is not measured. */
  readonly deadlineNs: number;
  /** Whether metrics count it: its frame came after the warm-up. */
  readonly isMeasured: boolean;
  /** Of the task, at the scale of the job; NaN: not known. */
  readonly worstPj: number;
  /**
   * When it must have ended at the latest so that it or a job that follows it can still meet a deadline; -Infinity: its
   * end does not matter.
   */
  readonly usefulNs: number;
  /** Numbers of the jobs that it waits for. */
  readonly parents: readonly number[];
}

export interface JobsAhead {
  /** By number: parents before the jobs that follow them. */
  readonly jobs: readonly JobAhead[];
  numberOf(taskIndex: number, jobIndex: number): number;
  /** Of root jobs; -Infinity: there are none. */
  readonly lastReleaseNs: number;
}

/** Undefined: there are far too many to search. */
export function jobsAhead(
  program: Program,
  context: MeasurementContext,
  seed: number,
  timing: Timing,
): JobsAhead | undefined {
  const { decisionOverheadNs = 0 } = program.system;
  const scales = program.tasks.map((_, taskIndex) => scalesOf(program, seed, taskIndex));
  const works = program.tasks.map((): OwnWork[] => []);
  const workOf = (taskIndex: number, jobIndex: number): OwnWork => {
    const job = { taskIndex, jobIndex, scale: scales[taskIndex]![jobIndex] ?? 1 };
    works[taskIndex]![jobIndex] ??= new OwnWork(program, seed, job, timing);
    return works[taskIndex]![jobIndex];
  };
  const released = releasedJobs(program, seed, (task, job) => workOf(task, job).wholeNs + decisionOverheadNs);
  if (released === undefined) return undefined;
  const numbers = program.tasks.map((): Map<number, number> => new Map());
  const jobs: (Omit<JobAhead, "usefulNs"> & { usefulNs: number })[] = [];
  for (const taskIndex of parentsFirst(program)) {
    const { frameNs, startNs, deadlineNs } = released[taskIndex]!;
    for (const [jobIndex, ns] of frameNs.entries()) {
      if (Number.isNaN(ns)) continue;
      const isMeasured = Math.round(ns) >= context.warmupNs;
      const ownDeadlineNs = isMeasured ? deadlineNs[jobIndex]! : Infinity;
      numbers[taskIndex]!.set(jobIndex, jobs.length);
      jobs.push({
        taskIndex,
        jobIndex,
        work: workOf(taskIndex, jobIndex),
        startNs: startNs[jobIndex]!,
        deadlineNs: ownDeadlineNs,
        isMeasured,
        worstPj: context.tasks[taskIndex]!.worstEnergyPj * (scales[taskIndex]![jobIndex] ?? 1),
        usefulNs: ownDeadlineNs === Infinity ? -Infinity : ownDeadlineNs,
        parents: program.tasks[taskIndex]!.parents.map((parent) => numbers[parent]!.get(jobIndex)!),
      });
    }
  }
  // Backwards, so that what a job leaves to those that follow it is known before its own parents ask.
  for (const { parents, usefulNs, work } of jobs.toReversed()) {
    const fromParentsNs = usefulNs - work.wholeNs - decisionOverheadNs;
    for (const parent of parents) jobs[parent]!.usefulNs = Math.max(jobs[parent]!.usefulNs, fromParentsNs);
  }
  const roots = jobs.filter(({ parents }) => parents.length === 0);
  return {
    jobs,
    numberOf: (taskIndex, jobIndex) => numbers[taskIndex]!.get(jobIndex)!,
    lastReleaseNs: roots.reduce((lastNs, { startNs }) => Math.max(lastNs, startNs), -Infinity),
  };
}

function parentsFirst({ tasks }: Program): readonly number[] {
  const order = new Set<number>();
  const visit = (taskIndex: number): void => {
    for (const parent of tasks[taskIndex]!.parents) visit(parent);
    order.add(taskIndex);
  };
  for (const taskIndex of tasks.keys()) visit(taskIndex);
  return [...order];
}

/** By job index; empty where no job of the task is scaled. */
function scalesOf({ scenario }: Program, seed: number, taskIndex: number): readonly number[] {
  const found: number[] = [];
  if (!hasScales(scenario.tasks[taskIndex]!)) return found;
  const cursor = releaseCursor(scenario, taskIndex, seed);
  for (; cursor.releaseNs !== Infinity; cursor.advance()) found.push(cursor.scale);
  return found;
}
