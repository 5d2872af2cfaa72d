/** Looks for the smallest changes with which a job would have met its deadline, by repeating the run with each. */
import { latenessNs } from "../core/job-outcome.ts";
import { type Program, rootOf } from "../core/program.ts";
import type { JobRecord } from "../core/records.ts";
import type { Task, TraceRelease } from "../core/scenario.ts";
import type { Blocker, DeadlineRescue, RateRescue, Rescue, WithoutRescue } from "../records/explanation.ts";
import { msOf, taskId } from "./names.ts";
import { type Fate, hasRate, isSaved, type Reruns } from "./reruns.ts";

/** Rivals that are left out in turn, those that held the accelerators longest first. */
const MOST_RIVALS = 8;

/** `blockers`: the longest first. */
export async function findRescues(
  reruns: Reruns,
  record: JobRecord,
  blockers: readonly Blocker[],
): Promise<readonly Rescue[]> {
  const { program } = reruns.context.setup;
  const rates: RateRescue[] = [];
  for (const task of slowerTasks(program, record.taskIndex, blockers)) {
    const rescue = await slowerRate(reruns, task);
    if (rescue !== undefined) rates.push(rescue);
  }
  const rivals = rivalsOf(program, record.taskIndex, blockers).slice(0, MOST_RIVALS);
  return [...longerDeadline(reruns, record), ...rates, ...rivals.map((rival) => withoutRival(reruns, rival))];
}

/** Of the time that the job has from the release of its frame. */
const LONGER_DEADLINES = [1.25, 1.5, 2, 4, 8];

/**
 * Just long enough for its completion, if it has one. A policy that looks at deadlines may then decide otherwise, and a
 * dropped job has no completion: then ever longer ones, and less again if the job ends before that. Empty: a longer
 * deadline is of no use to a job that was dropped for another reason.
 */
function longerDeadline(reruns: Reruns, record: JobRecord): readonly DeadlineRescue[] {
  const { dropReason, completionNs, deadlineNs, frameReleaseNs } = record;
  if (dropReason !== undefined && dropReason !== "late" && dropReason !== "policy") return [];
  const givenNs = deadlineNs - frameReleaseNs;
  const neededNs = completionNs === undefined ? [] : [completionNs - frameReleaseNs];
  const factors = LONGER_DEADLINES.map((factor) => Math.ceil(givenNs * factor));
  const tried = [...neededNs, ...factors.filter((each) => each > Math.max(givenNs, ...neededNs))];
  let failedNs: number | undefined;
  for (const relativeNs of tried) {
    const fate = withDeadlineOf(reruns, record, relativeNs);
    if (isSaved(fate)) return [tightened(reruns, record, { relativeNs, failedNs, endNs: fate!.completionNs! })];
    failedNs = relativeNs;
  }
  return [deadlineRescue(reruns, record, tried.at(-1)!, { saves: false, failedNs: tried.at(-2) })];
}

interface SavingDeadline {
  readonly relativeNs: number;
  readonly failedNs: number | undefined;
  /** When the job then ends. */
  readonly endNs: number;
}

/** As little as the job then needs, if that saves it, too. */
function tightened(reruns: Reruns, record: JobRecord, { relativeNs, failedNs, endNs }: SavingDeadline): DeadlineRescue {
  const neededNs = endNs - record.frameReleaseNs;
  const isLess =
    neededNs < relativeNs && neededNs > (failedNs ?? 0) && neededNs > record.deadlineNs - record.frameReleaseNs;
  if (!isLess) return deadlineRescue(reruns, record, relativeNs, { saves: true, failedNs });
  return isSaved(withDeadlineOf(reruns, record, neededNs))
    ? deadlineRescue(reruns, record, neededNs, { saves: true, failedNs })
    : deadlineRescue(reruns, record, relativeNs, { saves: true, failedNs: neededNs });
}

function withDeadlineOf(
  reruns: Reruns,
  { taskIndex, deadlineNs, frameReleaseNs }: JobRecord,
  relativeNs: number,
): Fate {
  const moreNs = relativeNs - (deadlineNs - frameReleaseNs);
  return reruns.withTasks((task, index) => (index === taskIndex ? withDeadline(task, relativeNs, moreNs) : task));
}

function deadlineRescue(
  reruns: Reruns,
  { taskIndex, deadlineNs, frameReleaseNs }: JobRecord,
  relativeNs: number,
  { saves, failedNs }: { readonly saves: boolean; readonly failedNs: number | undefined },
): DeadlineRescue {
  const longerNs = (ns: number): number => ns - (deadlineNs - frameReleaseNs);
  return {
    kind: "deadline",
    task: taskId(reruns.context.setup.program, taskIndex),
    deadlineMs: msOf(relativeNs),
    longerMs: msOf(longerNs(relativeNs)),
    saves,
    failsAtMs: failedNs === undefined ? null : msOf(longerNs(failedNs)),
  };
}

/** Deadlines that a trace gives grow by as much. */
function withDeadline({ deadlineIsPeriod: _, ...task }: Task, deadlineNs: number, moreNs: number): Task {
  const { release } = task;
  if (release.kind !== "trace") return { ...task, deadlineNs };
  const longer = (each: TraceRelease): TraceRelease =>
    each.deadlineNs === undefined ? each : { ...each, deadlineNs: each.deadlineNs + moreNs };
  return { ...task, deadlineNs, release: { ...release, releases: release.releases.map(longer) } };
}

/** The roots of the task and of the rival that held the accelerators longest, if they have a rate. */
function slowerTasks(program: Program, taskIndex: number, blockers: readonly Blocker[]): readonly string[] {
  const { tasks } = program.scenario;
  const rival = blockers.find(({ task }) => task !== tasks[taskIndex]!.id);
  const rivalIndex = rival === undefined ? [] : [tasks.findIndex(({ id }) => id === rival.task)];
  const roots = [taskIndex, ...rivalIndex].map((index) => tasks[rootOf(program, index)]!);
  return [...new Set(roots.filter(hasRate).map(({ id }) => id))];
}

const COARSE_FACTORS = [0.9, 0.75, 0.5, 0.25];
const BISECTIONS = 4;

/** Steps down to a factor that saves the job, then bisects between it and the last one that does not. */
async function slowerRate(reruns: Reruns, task: string): Promise<RateRescue | undefined> {
  let failsAt = 1;
  for (const coarse of COARSE_FACTORS) {
    const run = await reruns.withRate(task, coarse);
    if (run === undefined) return undefined;
    if (isSaved(run.fate)) return bisected(reruns, task, coarse, failsAt);
    failsAt = coarse;
  }
  return { kind: "rate", task, factor: failsAt, failsAt: COARSE_FACTORS.at(-2)!, saves: false };
}

async function bisected(reruns: Reruns, task: string, saving: number, failing: number): Promise<RateRescue> {
  let [factor, failsAt] = [saving, failing];
  for (let i = 0; i < BISECTIONS; i += 1) {
    // Three digits, so that the factor can be given to --rate-scale as it is shown.
    const middle = Number(((factor + failsAt) / 2).toFixed(3));
    const run = await reruns.withRate(task, middle);
    if (isSaved(run?.fate)) factor = middle;
    else failsAt = middle;
  }
  return { kind: "rate", task, factor, failsAt, saves: true };
}

/** A rival, with the tasks that follow it: they are released no more either. */
type Rival = ReadonlySet<number>;

function withoutRival(reruns: Reruns, rival: Rival): WithoutRescue {
  const fate = reruns.withTasks((task, index) =>
    rival.has(index) ? { ...task, release: { kind: "trace", releases: [] } } : task,
  );
  const { program } = reruns.context.setup;
  return {
    kind: "without",
    tasks: [...rival].map((index) => taskId(program, index)),
    saves: isSaved(fate),
    latenessMs: fate?.completionNs === undefined ? null : msOf(latenessNs(fate)),
  };
}

/** Tasks that the job does not wait for, those that held the accelerators longest first. */
function rivalsOf(program: Program, taskIndex: number, blockers: readonly Blocker[]): readonly Rival[] {
  const own = new Set([taskIndex]);
  for (const index of own) for (const parent of program.tasks[index]!.parents) own.add(parent);
  const order = new Map<string, number>();
  for (const { task } of blockers) if (!order.has(task)) order.set(task, order.size);
  const placeOf = (index: number): number => order.get(taskId(program, index)) ?? order.size;
  return program.tasks
    .map((_, index) => index)
    .filter((index) => !own.has(index))
    .sort((a, b) => placeOf(a) - placeOf(b) || a - b)
    .map((index) => withFollowers(program, index));
}

function withFollowers(program: Program, taskIndex: number): Rival {
  const all = new Set([taskIndex]);
  for (const index of all) for (const child of program.tasks[index]!.children) all.add(child);
  return all;
}
