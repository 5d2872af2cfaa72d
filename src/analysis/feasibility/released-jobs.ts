/** The jobs that a scenario releases with the draws of one seed, and the earliest start and end of each. */
import { deadlineOf, releaseCursor } from "../../core/arrivals.ts";
import { firstClosedReleaseNs } from "../../core/closed-loop.ts";
import { Dependencies } from "../../core/dependencies.ts";
import type { Program } from "../../core/program.ts";
import type { ClosedArrival, Scenario } from "../../core/scenario.ts";
import { jobRatesPerS } from "./rates.ts";

/** Jobs of one task, by job index. All values are NaN if there is no such job. */
export interface ReleasedJobs {
  /** Nominal release of the root frame, not rounded. */
  readonly frameNs: Float64Array;
  /** Period of the root at that frame; NaN also if the root has no rate. */
  readonly periodNs: Float64Array;
  /** Earliest release: the earliest end of its last parent. */
  readonly startNs: Float64Array;
  /** Earliest end. */
  readonly doneNs: Float64Array;
  /** Infinity: no deadline. */
  readonly deadlineNs: Float64Array;
}

/** More jobs than this are not checked one by one. */
const MOST_JOBS = 1_000_000;

/** Shortest time of a job from its first layer to its end, ns. */
type ShortestNs = (taskIndex: number, jobIndex: number) => number;

/** By task; undefined if more than MOST_JOBS are expected. */
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

/** Counts every frame for every task, because a frame that does not trigger a task takes an element too. */
function expectedJobs({ scenario, tasks }: Program): number {
  const rates = jobRatesPerS(scenario).filter((_, taskIndex) => tasks[taskIndex]!.parents.length === 0);
  return (Math.max(0, ...rates) * tasks.length * scenario.durationNs) / 1e9;
}

function rootJobs({ scenario }: Program, taskIndex: number, seed: number, shortestNs: ShortestNs): ReleasedJobs {
  const task = scenario.tasks[taskIndex]!;
  if (task.release.kind === "closed") return firstJobs(scenario, taskIndex, task.release, shortestNs);
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

/** Of a closed loop, the first job of each client: only a run knows when the others come. */
function firstJobs(
  scenario: Scenario,
  taskIndex: number,
  arrival: ClosedArrival,
  shortestNs: ShortestNs,
): ReleasedJobs {
  const releaseNs = firstClosedReleaseNs(scenario, taskIndex, arrival);
  const startNs = new Float64Array(releaseNs === Infinity ? 0 : arrival.clients).fill(releaseNs);
  return {
    frameNs: startNs,
    periodNs: startNs.map(() => Number.NaN),
    startNs,
    doneNs: startNs.map((ns, k) => ns + shortestNs(taskIndex, k)),
    deadlineNs: startNs.map((ns) => deadlineOf(scenario.tasks[taskIndex]!, ns, Number.NaN)),
  };
}

/** A job for each frame that triggers the task. It starts when its last parent ends (core/dependencies.ts). */
function dependentJobs(
  program: Program,
  taskIndex: number,
  parents: readonly ReleasedJobs[],
  shortestNs: ShortestNs,
  dependencies: Dependencies,
): ReleasedJobs {
  const { task } = program.tasks[taskIndex]!;
  const frames = Math.min(...parents.map(({ frameNs }) => frameNs.length));
  // If a parent has no such job, its NaN makes the maximum NaN.
  const latest = (of: "frameNs" | "doneNs") =>
    Float64Array.from({ length: frames }, (_, k) =>
      dependencies.isTriggered(taskIndex, k) ? Math.max(...parents.map((parent) => parent[of][k]!)) : Number.NaN,
    );
  const frameNs = latest("frameNs");
  const startNs = latest("doneNs");
  // A phase may begin between the frames of two roots: the period is that of the first root.
  const periodNs = frameNs.map((ns, k) => (Number.isNaN(ns) ? ns : parents[0]!.periodNs[k]!));
  return {
    frameNs,
    periodNs,
    startNs,
    doneNs: startNs.map((ns, k) => (Number.isNaN(ns) ? ns : ns + shortestNs(taskIndex, k))),
    deadlineNs: frameNs.map((ns, k) => deadlineOf(task, ns, periodNs[k]!)),
  };
}
