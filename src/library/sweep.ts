/** Sweeps as a program asks for them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scheduler } from "../core/scheduler.ts";
import type { PointExecutor } from "../executors/point.ts";
import type { SweepReport } from "../records/sweep-report.ts";
import { Brought, type LoadOptions, type Source } from "../request/brought.ts";
import { checkRequest } from "../request/checks.ts";
import { Workbench } from "../run/workbench.ts";
import { manifestOf } from "../studies/sweep/folder/manifest.ts";
import { openSweepFolder, readManifest, removeSummaries } from "../studies/sweep/folder/sweep-folder.ts";
import { loadSweepPlan } from "../studies/sweep/plan/load-sweep-plan.ts";
import type { SweepPlan } from "../studies/sweep/plan/sweep-plan.ts";
import { missingPoints, runSweep } from "../studies/sweep/run-sweep.ts";
import { type ShownMetrics, shownMetrics } from "../studies/sweep/summary/shown-metrics.ts";
import { summarise } from "../studies/sweep/summary/summarise.ts";
import { type ManyRuns, withExecutor } from "./many-runs.ts";
import { type OnMachine, openLibrary } from "./open-library.ts";

export interface SweepRequest extends LoadOptions, ManyRuns, OnMachine {
  /** Name of a built-in experiment, path of one, or one in memory. */
  readonly experiment: Source;
  /** Schedulers in memory that the experiment names. Their code is no input: `resume` does not notice a change. */
  readonly schedulers?: readonly Scheduler[];
  /** Folder for points and summary. Left out: a temporary one, which is removed in the end. */
  readonly out?: string;
  /** Whether to go on with the sweep that the folder has, or to refuse one (refuse). */
  readonly present?: "resume" | "refuse";
  /** Names of the metrics in the report, or `all` (the usual ones). */
  readonly metrics?: readonly string[];
  /** The report then has the groups alone that no other is ahead of in all of these metrics. */
  readonly pareto?: readonly string[];
  /** Groups in the report at most (all); files have all of them. */
  readonly mostGroups?: number;
  /** Called as each point ends, with how many have ended and how many there are. */
  readonly pointEnded?: (ended: number, total: number) => void;
}

const keys: readonly string[] = [
  ...["experiment", "schedulers", "out", "present", "metrics", "pareto", "mostGroups", "pointEnded"],
  ...["files", "warn", "cwd", "jobs", "signal"],
];

/**
 * Runs all points of an experiment, like `rtmm sweep`, and sums them up by group. A point that fails is counted, not thrown.
 * Throws InputError or RequestError, and the reason of an aborted signal: the folder then has what was finished.
 */
export async function sweep(asked: SweepRequest | string): Promise<SweepReport> {
  const request: SweepRequest = typeof asked === "string" ? { experiment: asked } : asked;
  checkRequest(request, keys);
  const brought = new Brought(request);
  for (const scheduler of request.schedulers ?? []) brought.scheduler(scheduler);
  const experiment = brought.file(request.experiment, "experiment");
  const shown = shownMetrics(request);
  const library = openLibrary(request, brought);
  const workbench = new Workbench(library);
  const plan = await loadSweepPlan(library.find("experiment", experiment), workbench);
  const runs = plan.precision === undefined ? plan.count : undefined;
  const folder = request.out === undefined ? temporaryFolder() : library.absolute(request.out);
  try {
    return await withExecutor(request, { workbench, caller: brought, runs }, (executor, signal) =>
      sweepInto(folder, { plan, shown, request, executor, signal }),
    );
  } finally {
    if (request.out === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "rtmm-sweep-"));

interface Sweeping {
  readonly plan: SweepPlan;
  readonly shown: ShownMetrics;
  readonly request: SweepRequest;
  readonly executor: PointExecutor;
  readonly signal: AbortSignal;
}

async function sweepInto(folder: string, { plan, shown, request, executor, signal }: Sweeping): Promise<SweepReport> {
  const { present = "refuse", pointEnded = () => undefined, mostGroups = Infinity } = request;
  // A sweep goes on for the metrics that it was begun for, whichever are shown.
  const begun = present === "resume" ? readManifest(folder)?.precision?.metrics : undefined;
  const manifest = manifestOf(plan, undefined, begun ?? shown.metrics.map(({ name }) => name));
  const opened = openSweepFolder({ path: folder, shown: folder }, manifest, present);
  try {
    const missing = missingPoints(plan, manifest, opened.points);
    if (missing.done < missing.total) removeSummaries(folder);
    await runSweep(plan, missing, opened.points, executor, { pointEnded, pointFailed: () => undefined }, signal);
    opened.points.putInOrder();
    return summarise(folder, manifest, { ...shown, requirements: [], mostGroups }).report;
  } finally {
    opened.close();
  }
}
