/** The jobs that a scenario releases with the draws of one seed, and how early each can be started and done at best. */
import { releaseCursor } from "../../core/arrivals.ts";
import { Dependencies } from "../../core/dependencies.ts";
import type { Program } from "../../core/program.ts";
import { arrivalRatePerS } from "./rates.ts";

/** Of one task; element k is job k, NaN where there is none. */
export interface ReleasedJobs {
  /** Nominal release of the root frame, ns, not rounded. */
  readonly frameNs: Float64Array;
  /** Its release at the earliest: when all its parents are done at the earliest. */
  readonly startNs: Float64Array;
  readonly doneNs: Float64Array;
  /** Infinity: none. */
  readonly deadlineNs: Float64Array;
}

/** More jobs than this are not looked at one by one. */
const MOST_JOBS = 1_000_000;

/** By task; undefined where there would be more than MOST_JOBS. `shortestNs`: of one job of each task. */
export function releasedJobs(
  program: Program,
  seed: number,
  shortestNs: readonly number[],
): readonly ReleasedJobs[] | undefined {
  if (expectedJobs(program) > MOST_JOBS) return undefined;
  const dependencies = new Dependencies(program, seed);
  const found: ReleasedJobs[] = [];
  const jobsOf = (taskIndex: number): ReleasedJobs => {
    const { parents } = program.tasks[taskIndex]!;
    found[taskIndex] ??=
      parents.length === 0
        ? rootJobs(program, taskIndex, seed, shortestNs[taskIndex]!)
        : dependentJobs(program, taskIndex, parents.map(jobsOf), shortestNs[taskIndex]!, dependencies);
    return found[taskIndex];
  };
  return program.tasks.map((_, taskIndex) => jobsOf(taskIndex));
}

function expectedJobs({ scenario }: Program): number {
  const rates = scenario.tasks.map(({ release }) =>
    release.kind === "after" ? 0 : arrivalRatePerS(release, scenario.durationNs),
  );
  return (Math.max(0, ...rates) * scenario.tasks.length * scenario.durationNs) / 1e9;
}

function rootJobs({ scenario }: Program, taskIndex: number, seed: number, shortestNs: number): ReleasedJobs {
  const cursor = releaseCursor(scenario, taskIndex, seed);
  const frameNs: number[] = [];
  const startNs: number[] = [];
  const deadlineNs: number[] = [];
  for (; cursor.releaseNs !== Infinity; cursor.advance()) {
    frameNs.push(cursor.frameNs);
    startNs.push(cursor.releaseNs);
    deadlineNs.push(cursor.deadlineNs);
  }
  return {
    frameNs: Float64Array.from(frameNs),
    startNs: Float64Array.from(startNs),
    doneNs: Float64Array.from(startNs, (ns) => ns + shortestNs),
    deadlineNs: Float64Array.from(deadlineNs),
  };
}

/** Frames that reach the task, each from the last of its parents on (core/dependencies.ts). */
function dependentJobs(
  program: Program,
  taskIndex: number,
  parents: readonly ReleasedJobs[],
  shortestNs: number,
  dependencies: Dependencies,
): ReleasedJobs {
  const { task } = program.tasks[taskIndex]!;
  const frames = Math.min(...parents.map(({ frameNs }) => frameNs.length));
  // NaN of a parent that has no such job stays NaN.
  const latest = (of: "frameNs" | "doneNs") =>
    Float64Array.from({ length: frames }, (_, k) =>
      dependencies.isTriggered(taskIndex, k) ? Math.max(...parents.map((parent) => parent[of][k]!)) : Number.NaN,
    );
  const frameNs = latest("frameNs");
  const startNs = latest("doneNs");
  return {
    frameNs,
    startNs,
    doneNs: startNs.map((ns) => ns + shortestNs),
    deadlineNs: frameNs.map((ns) => Math.round(ns + task.deadlineNs)),
  };
}
