/** The jobs that a scenario releases with the draws of one seed, and how early each can be started and done at best. */
import { deadlineOf, releaseCursor } from "../../core/arrivals.ts";
import { Dependencies } from "../../core/dependencies.ts";
import type { Program } from "../../core/program.ts";
import { jobRatesPerS } from "./rates.ts";

/** Of one task; element k is job k, NaN where there is none. */
export interface ReleasedJobs {
  /** Nominal release of the root frame, ns, not rounded. */
  readonly frameNs: Float64Array;
  /** Of the root at that frame, ns; NaN also where it has no rate. */
  readonly periodNs: Float64Array;
  /** Its release at the earliest: when all its parents are done at the earliest. */
  readonly startNs: Float64Array;
  readonly doneNs: Float64Array;
  /** Infinity: none. */
  readonly deadlineNs: Float64Array;
}

/** More jobs than this are not looked at one by one. */
const MOST_JOBS = 1_000_000;

/** Shortest time of a job from its first layer to its end, ns. */
type ShortestNs = (taskIndex: number, jobIndex: number) => number;

/** By task; undefined where there would be more than MOST_JOBS. */
export function releasedJobs(
  program: Program,
  seed: number,
  shortestNs: ShortestNs,
): readonly ReleasedJobs[] | undefined {
  if (expectedJobs(program) > MOST_JOBS) return undefined;
  const dependencies = new Dependencies(program, seed);
  const found: ReleasedJobs[] = [];
  const jobsOf = (taskIndex: number): ReleasedJobs => {
    const { parents } = program.tasks[taskIndex]!;
    found[taskIndex] ??=
      parents.length === 0
        ? rootJobs(program, taskIndex, seed, shortestNs)
        : dependentJobs(program, taskIndex, parents.map(jobsOf), shortestNs, dependencies);
    return found[taskIndex];
  };
  return program.tasks.map((_, taskIndex) => jobsOf(taskIndex));
}

/** Frames that do not trigger a task have a place, too. */
function expectedJobs({ scenario, tasks }: Program): number {
  const rates = jobRatesPerS(scenario).filter((_, taskIndex) => tasks[taskIndex]!.parents.length === 0);
  return (Math.max(0, ...rates) * tasks.length * scenario.durationNs) / 1e9;
}

function rootJobs({ scenario }: Program, taskIndex: number, seed: number, shortestNs: ShortestNs): ReleasedJobs {
  const cursor = releaseCursor(scenario, taskIndex, seed);
  const frameNs: number[] = [];
  const periodNs: number[] = [];
  const startNs: number[] = [];
  const deadlineNs: number[] = [];
  for (; cursor.releaseNs !== Infinity; cursor.advance()) {
    frameNs.push(cursor.frameNs);
    periodNs.push(cursor.periodNs);
    startNs.push(cursor.releaseNs);
    deadlineNs.push(cursor.deadlineNs);
  }
  return {
    frameNs: Float64Array.from(frameNs),
    periodNs: Float64Array.from(periodNs),
    startNs: Float64Array.from(startNs),
    doneNs: Float64Array.from(startNs, (ns, k) => ns + shortestNs(taskIndex, k)),
    deadlineNs: Float64Array.from(deadlineNs),
  };
}

/** Frames that reach the task, each from the last of its parents on (core/dependencies.ts). */
function dependentJobs(
  program: Program,
  taskIndex: number,
  parents: readonly ReleasedJobs[],
  shortestNs: ShortestNs,
  dependencies: Dependencies,
): ReleasedJobs {
  const { task } = program.tasks[taskIndex]!;
  const frames = Math.min(...parents.map(({ frameNs }) => frameNs.length));
  // NaN of a parent that has no such job stays NaN.
  const latest = (of: "frameNs" | "doneNs" | "periodNs") =>
    Float64Array.from({ length: frames }, (_, k) =>
      dependencies.isTriggered(taskIndex, k) ? Math.max(...parents.map((parent) => parent[of][k]!)) : Number.NaN,
    );
  const frameNs = latest("frameNs");
  const startNs = latest("doneNs");
  // Where a phase begins between the frames of two roots, the longer period counts: the later deadline.
  const periodNs = latest("periodNs");
  return {
    frameNs,
    periodNs,
    startNs,
    doneNs: startNs.map((ns, k) => (Number.isNaN(ns) ? ns : ns + shortestNs(taskIndex, k))),
    deadlineNs: frameNs.map((ns, k) => deadlineOf(task, ns, periodNs[k]!)),
  };
}
