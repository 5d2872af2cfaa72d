/** The jobs that a run measures, with what a bound may use of each: its work, and when it must be done to be of use. */
import { type CostTable, costsOf } from "../../core/costs.ts";
import type { Program } from "../../core/program.ts";
import { closedRootOf, hasScales } from "../../core/scenario.ts";
import type { MeasurementContext } from "../../metrics/measurement-context.ts";
import {
  certainLayers,
  inLeastTimes,
  inOwnTimes,
  type LayersRun,
  mayDrawTimes,
  ownLayers,
  releasedJobs,
  scalesOfJobs,
  sectionsOf,
} from "../feasibility/index.ts";
import { acceleratorTypes } from "./accelerator-types.ts";
import { cheapestPattern, type LayerWork, layerWorks, type Prices, type WorkKind, workKind } from "./work-kind.ts";

export interface BoundedJob {
  readonly taskIndex: number;
  readonly kind: WorkKind;
  /** No scheduler starts it sooner. */
  readonly startNs: number;
  /** Whether it has a deadline. */
  readonly isDue: boolean;
  /** Whether it can meet its deadline at all. */
  readonly isHopeful: boolean;
  /** Least energy of a job that completes, whenever it does. */
  readonly leastPj: number;
  /** What a dropped job is charged in guarded UXCost. */
  readonly worstPj: number;
  /** Index of the measured job without which it is of no use; of several, the first; -1: none. Parents come first. */
  readonly parent: number;
}

/** A way in which a job can be of use. A job has one, two or none. */
export interface JobRun {
  readonly job: number;
  readonly startNs: number;
  /** It is done by then, and meets its deadline if that is possible at all. */
  readonly usefulByNs: number;
  /** The longest that it may take, first layer to end. */
  readonly roomNs: number;
  /** Whether jobs that wait for it can be of use then. */
  readonly isForChildren: boolean;
}

/** With more, linear programs take minutes. */
export const MOST_JOBS = 10_000;

export interface BoundedTask {
  /** Measured jobs. */
  readonly jobs: number;
  /** Of these, the ones with a deadline. */
  readonly due: number;
  /** Sum over its jobs. NaN: not known. */
  readonly worstPj: number;
}

export interface BoundedCase {
  readonly jobs: readonly BoundedJob[];
  /** By job. */
  readonly runs: readonly JobRun[];
  readonly tasks: readonly BoundedTask[];
  /** Accelerators of each type. */
  readonly counts: readonly number[];
}

/** What jobs are bounded: a set-up of a run is one. */
export interface Subject {
  readonly program: Program;
  readonly context: MeasurementContext;
  readonly seed: number;
}

/** Undefined if a scheduler decides how many jobs there are (closed loops), or if there are too many to look at each. */
export function boundedCase({ program, context, seed }: Subject, costs: CostTable): BoundedCase | undefined {
  if (program.tasks.some((_, task) => closedRootOf(program.scenario, task) !== undefined)) return undefined;
  const { accelerators, decisionOverheadNs = 0 } = program.system;
  const { typeOf, counts } = acceleratorTypes(accelerators, costs);
  const kindsOf = program.tasks.map((_, task) => kindsOfTask({ program, context, seed }, costs, typeOf, task));
  const fastestNs = memory((kind) => leastOf(kind, { perLatencyNs: 1, perPj: 0 }));
  const released = releasedJobs(program, seed, (task, job) => fastestNs(kindsOf[task]!(job)) + decisionOverheadNs);
  if (released === undefined) return undefined;
  const leastPj = memory((kind) => leastOf(kind, { perLatencyNs: 0, perPj: 1 }));
  const order = parentsFirst(program);
  const indexOf = released.map(({ startNs }) => new Int32Array(startNs.length).fill(-1));
  const drafts: Draft[] = [];
  for (const task of order) {
    const { frameNs, startNs, doneNs, deadlineNs } = released[task]!;
    const scales = scalesOfJobs(program, seed, task);
    const parentIndexes = program.tasks[task]!.parents.map((parent) => indexOf[parent]!);
    for (let job = 0; job < startNs.length; job++) {
      if (Number.isNaN(startNs[job]) || Math.round(frameNs[job]!) < context.warmupNs) continue;
      indexOf[task]![job] = drafts.length;
      const kind = kindsOf[task]!(job);
      const isDue = deadlineNs[job]! < Infinity;
      const isHopeful = isDue && doneNs[job]! <= deadlineNs[job]!;
      drafts.push({
        taskIndex: task,
        kind,
        startNs: startNs[job]!,
        isDue,
        isHopeful,
        deadlineNs: deadlineNs[job]!,
        shortestNs: doneNs[job]! - startNs[job]!,
        leastPj: leastPj(kind),
        worstPj: context.tasks[task]!.worstEnergyPj * (scales[job] ?? 1),
        parent: parentIndexes.map((indexes) => indexes[job]!).find((parent) => parent >= 0) ?? -1,
      });
    }
  }
  if (drafts.length > MOST_JOBS) return undefined;
  return {
    jobs: drafts,
    runs: runsOf(drafts, decisionOverheadNs),
    tasks: tasksOf(program.tasks.length, drafts),
    counts,
  };
}

interface Draft extends BoundedJob {
  readonly deadlineNs: number;
  /** From its start to its end. */
  readonly shortestNs: number;
}

/**
 * A job is of use to its deadline, and to the jobs that wait for it if it is done their shortest time before they must be
 * done. Where that is sooner than its deadline, there are two ways.
 */
function runsOf(jobs: readonly Draft[], overheadNs: number): readonly JobRun[] {
  const forChildrenNs = new Float64Array(jobs.length).fill(-Infinity);
  const runs: JobRun[] = [];
  for (let job = jobs.length - 1; job >= 0; job--) {
    const { parent, startNs, deadlineNs, isHopeful, shortestNs } = jobs[job]!;
    const ownNs = isHopeful ? deadlineNs : -Infinity;
    const childrenNs = forChildrenNs[job]!;
    const add = (usefulByNs: number, isForChildren: boolean) =>
      runs.push({ job, startNs, usefulByNs, roomNs: usefulByNs - startNs - overheadNs, isForChildren });
    if (ownNs > childrenNs) add(ownNs, false);
    if (childrenNs > -Infinity) add(childrenNs, true);
    const latestNs = Math.max(ownNs, childrenNs);
    if (parent >= 0) forChildrenNs[parent] = Math.max(forChildrenNs[parent]!, latestNs - shortestNs);
  }
  return runs.reverse();
}

function tasksOf(count: number, jobs: readonly Draft[]): BoundedTask[] {
  const tasks = Array.from({ length: count }, () => ({ jobs: 0, due: 0, worstPj: 0 }));
  for (const { taskIndex, isDue, worstPj } of jobs) {
    const task = tasks[taskIndex]!;
    task.jobs += 1;
    task.due += isDue ? 1 : 0;
    task.worstPj += worstPj;
  }
  return tasks;
}

/** Task indexes, each after the tasks that it waits for. */
function parentsFirst({ tasks }: Program): number[] {
  const order: number[] = [];
  const visit = (task: number): void => {
    if (order.includes(task)) return;
    for (const parent of tasks[task]!.parents) visit(parent);
    order.push(task);
  };
  for (const task of tasks.keys()) visit(task);
  return order;
}

/** Least cost of a whole job where accelerators cost nothing. */
const leastOf = (kind: WorkKind, prices: Omit<Prices, "perWorkNs">): number =>
  cheapestPattern(kind, { perWorkNs: new Float64Array(kind.types), ...prices }).leastCost;

/** Remembers what was found of a kind. */
function memory(find: (kind: WorkKind) => number): (kind: WorkKind) => number {
  const known = new Map<WorkKind, number>();
  return (kind) => {
    const found = known.get(kind) ?? find(kind);
    known.set(kind, found);
    return found;
  };
}

/** The kind of each job of a task. Jobs that draw the same layers, in the same times, share one. */
function kindsOfTask(
  { program, seed }: Subject,
  costs: CostTable,
  typeOf: readonly number[],
  taskIndex: number,
): (jobIndex: number) => WorkKind {
  const { task } = program.tasks[taskIndex]!;
  const { variants } = costsOf(costs, task.model);
  const { accelerators } = program.system;
  const types = Math.max(...typeOf) + 1;
  const sections = sectionsOf(task.model);
  const certain = certainLayers(
    task.model,
    variants.map(({ layers }) => layers),
  );
  const drawsLayers = certain.variants.some(({ shares }) => shares.some((share) => share !== 1));
  const drawsTimes = variants.some(({ spreads }) => spreads !== undefined) && mayDrawTimes(program, taskIndex);
  const scales = hasScales(program.scenario.tasks[taskIndex]!) ? scalesOfJobs(program, seed, taskIndex) : [];
  const worksOf = (jobIndex: number): readonly (readonly LayerWork[])[] =>
    variants.map((variant) => {
      const times = drawsTimes ? inOwnTimes(variant, { seed, taskIndex, jobIndex }) : inLeastTimes(variant);
      return layerWorks(times, accelerators, typeOf, scales[jobIndex]);
    });
  const works = new Map<number, readonly (readonly LayerWork[])[]>();
  const kinds = new Map<string, WorkKind>();
  return (jobIndex) => {
    const run = drawsLayers ? ownLayers(program, seed, taskIndex, jobIndex) : certain;
    const worksKey = drawsTimes ? -1 - jobIndex : (scales[jobIndex] ?? 1);
    const key = `${worksKey} ${drawsLayers ? textOf(run) : ""}`;
    const known = kinds.get(key);
    if (known !== undefined) return known;
    const layers = works.get(worksKey) ?? worksOf(jobIndex);
    if (!drawsTimes) works.set(worksKey, layers);
    const found = workKind(sections, run, layers, types, taskIndex + kinds.size * program.tasks.length);
    kinds.set(key, found);
    return found;
  };
}

const textOf = ({ variants }: LayersRun): string =>
  variants.map(({ shares, mayEnd }) => `${shares.join("")}/${mayEnd.map(Number).join("")}`).join(" ");
