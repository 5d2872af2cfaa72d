/** Rules 1 to 5: which jobs exist, their releases and deadlines, and how they may end. */

import { deadlineOf, releaseCursor } from "../../core/arrivals.ts";
import { firstClosedReleaseNs, nextClosedReleaseNs } from "../../core/closed-loop.ts";
import { purpose, uniform } from "../../core/draws.ts";
import { endNsOf } from "../../core/job-outcome.ts";
import { probabilityAt } from "../../core/phases.ts";
import { type Program, rootOf } from "../../core/program.ts";
import type { JobRecord } from "../../core/records.ts";
import type { ClosedArrival } from "../../core/scenario.ts";
import { keyOf, nameOf } from "./log.ts";
import type { RunLog } from "./run-log.ts";

interface Expected {
  readonly releaseNs: number;
  /** Nominal release time of the frame, not rounded. */
  readonly frameNs: number;
  /** Period of the first root at that frame; NaN if it has no rate. */
  readonly periodNs: number;
  readonly deadlineNs: number;
  /** Work relative to the model's costs. */
  readonly scale: number;
  /** A parent was dropped. */
  readonly isOrphan: boolean;
}

export function releaseFindings(log: RunLog): string[] {
  const { program, jobs } = log;
  const findings: string[] = [];
  const ended = new Map<string, JobRecord>();
  for (const job of jobs) {
    if (ended.has(keyOf(job))) findings.push(`${nameOf(program, job)} ended twice`);
    ended.set(keyOf(job), job);
  }
  const expected = expectedJobs(log, ended);
  for (const [key, job] of ended) {
    const wanted = expected.get(key);
    if (wanted === undefined) findings.push(`${nameOf(program, job)} should not exist`);
    else findings.push(...differences(log, job, wanted));
  }
  for (const key of expected.keys()) if (!ended.has(key)) findings.push(`job ${key} (task/index) never ended`);
  return findings;
}

/** Every job that must exist, derived from the scenario and from when parents ended. */
function expectedJobs({ program, options }: RunLog, ended: ReadonlyMap<string, JobRecord>): Map<string, Expected> {
  const expected = new Map<string, Expected>();
  for (const taskIndex of parentsFirst(program)) {
    const { parents } = program.tasks[taskIndex]!;
    if (parents.length > 0) addDependents(program, options.seed, taskIndex, ended, expected);
    else if (program.scenario.tasks[taskIndex]!.release.kind === "closed")
      addClosed(program, options.seed, taskIndex, ended, expected);
    else {
      const cursor = releaseCursor(program.scenario, taskIndex, options.seed);
      for (; cursor.releaseNs !== Infinity; cursor.advance()) {
        const { jobIndex, releaseNs, frameNs, deadlineNs, periodNs, scale } = cursor;
        const job = { releaseNs, frameNs, periodNs, deadlineNs, scale, isOrphan: false };
        expected.set(keyOf({ taskIndex, jobIndex }), job);
      }
    }
  }
  return expected;
}

/** Each client's jobs, as long as the one before has ended. */
function addClosed(
  { scenario }: Program,
  seed: number,
  taskIndex: number,
  ended: ReadonlyMap<string, JobRecord>,
  expected: Map<string, Expected>,
): void {
  const task = scenario.tasks[taskIndex]!;
  const arrival = task.release as ClosedArrival;
  for (let client = 0; client < arrival.clients; client++) {
    let jobIndex = client;
    let releaseNs = firstClosedReleaseNs(scenario, taskIndex, arrival);
    while (releaseNs !== Infinity) {
      const deadlineNs = deadlineOf(task, releaseNs, Number.NaN);
      const wanted = { releaseNs, frameNs: releaseNs, periodNs: Number.NaN, deadlineNs, scale: 1, isOrphan: false };
      const key = keyOf({ taskIndex, jobIndex });
      expected.set(key, wanted);
      const job = ended.get(key);
      if (job === undefined) break;
      const endNs = endNsOf(job);
      releaseNs = nextClosedReleaseNs(scenario, taskIndex, arrival, seed, { jobIndex, releaseNs, endNs });
      jobIndex += arrival.clients;
    }
  }
}

function addDependents(
  program: Program,
  seed: number,
  taskIndex: number,
  ended: ReadonlyMap<string, JobRecord>,
  expected: Map<string, Expected>,
): void {
  const { task, parents } = program.tasks[taskIndex]!;
  const { scenario } = program;
  const frames = [...ended.values()].filter((job) => job.taskIndex === parents[0]).map((job) => job.jobIndex);
  for (const jobIndex of frames) {
    const first = expected.get(keyOf({ taskIndex: rootOf(program, taskIndex), jobIndex }))!;
    const probability = probabilityAt(scenario, taskIndex, first.frameNs);
    if (uniform(seed, taskIndex, jobIndex, purpose.trigger) >= probability) continue;
    const keys = parents.map((parent) => keyOf({ taskIndex: parent, jobIndex }));
    const records = keys.map((key) => ended.get(key));
    const dropTimes = records.flatMap((job) => job?.dropNs ?? []);
    // A join has no job for a frame that one of its parents never had.
    if (records.includes(undefined)) continue;
    const isOrphan = dropTimes.length > 0;
    const releaseNs = isOrphan ? Math.min(...dropTimes) : Math.max(...records.map((job) => job!.completionNs!));
    const frameNs = Math.max(...keys.map((key) => expected.get(key)?.frameNs ?? 0));
    const { periodNs } = first;
    const deadlineNs = deadlineOf(task, frameNs, periodNs);
    expected.set(keyOf({ taskIndex, jobIndex }), { releaseNs, frameNs, periodNs, deadlineNs, scale: 1, isOrphan });
  }
}

/** Task indexes, each after its parents. */
function parentsFirst(program: Program): number[] {
  const depth = (taskIndex: number): number => 1 + Math.max(0, ...program.tasks[taskIndex]!.parents.map(depth));
  return program.tasks.map((_, index) => index).sort((a, b) => depth(a) - depth(b) || a - b);
}

function differences({ program, options }: RunLog, job: JobRecord, wanted: Expected): string[] {
  const name = nameOf(program, job);
  const findings: string[] = [];
  const check = (holds: boolean, what: string) => holds || findings.push(`${name} ${what}`);
  check(job.releaseNs === wanted.releaseNs, `was released at ${job.releaseNs} ns, not ${wanted.releaseNs}`);
  check(job.deadlineNs === wanted.deadlineNs, `is due at ${job.deadlineNs} ns, not ${wanted.deadlineNs}`);
  const frameNs = Math.round(wanted.frameNs);
  check(job.frameReleaseNs === frameNs, `has a frame of ${job.frameReleaseNs} ns, not ${frameNs}`);
  const { scale = 1 } = job;
  check(scale === wanted.scale, `is ${scale} of its model's work, not ${wanted.scale}`);
  check(wanted.isOrphan === (job.dropReason === "parent"), "does not share its parent's fate");
  check((job.completionNs === undefined) !== (job.dropNs === undefined), "must either complete or be dropped");
  if (job.dropReason === "late") {
    check(job.startNs === undefined, "was dropped late after it had started");
    check(job.dropNs! > job.deadlineNs, "was dropped late before its deadline had passed");
  }
  if (options.lateDrop)
    check((job.startNs ?? 0) <= job.deadlineNs, "started after its deadline instead of being dropped");
  check((job.startNs ?? Infinity) >= job.releaseNs, "started before its release");
  return findings;
}
