/** `rtmm sweep`: runs every point of an experiment file. */

import type { Command } from "commander";
import type { PointExecutor } from "../../executors/point.ts";
import type { Library } from "../../files/library.ts";
import { planFormats } from "../../output/sweep/plan.ts";
import { Workbench } from "../../run/workbench.ts";
import type { ShownFolder } from "../../studies/folder/shown-folder.ts";
import { manifestOf, type SweepManifest } from "../../studies/sweep/folder/manifest.ts";
import type { PointsFile } from "../../studies/sweep/folder/points-file.ts";
import {
  openSweepFolder,
  readManifest,
  removeSummaries,
  type SweepFolder,
} from "../../studies/sweep/folder/sweep-folder.ts";
import { loadSweepPlan } from "../../studies/sweep/plan/load-sweep-plan.ts";
import { plannedSweep } from "../../studies/sweep/plan/planned-sweep.ts";
import { parseShard, type Shard } from "../../studies/sweep/plan/shard.ts";
import type { SweepPlan } from "../../studies/sweep/plan/sweep-plan.ts";
import { missingPoints, runSweep } from "../../studies/sweep/run-sweep.ts";
import type { SweepWork } from "../../studies/sweep/sweep-work.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { formatNamed } from "../options/format-option.ts";
import { declarePrecision, type PrecisionOption } from "../options/precision-option.ts";
import { declareExecutor, type ExecutorOptions, openExecutor } from "../sweep-executor.ts";
import { failureReporter } from "../sweep-failures.ts";
import { declareReport, mostShown, type ReportOptions, reportSettings, showSweep } from "../sweep-report.ts";

interface Options extends ReportOptions, ExecutorOptions, PrecisionOption {
  readonly resume?: true;
  readonly out?: string;
  readonly shard?: string;
  readonly dryRun?: true;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm sweep study.yaml", meaning: "run all points on all cores, into study-sweep/" },
    { command: "rtmm sweep study.yaml --resume", meaning: "continue after Ctrl-C or a crash; rerun failed points" },
    {
      command: "rtmm sweep study.yaml -m uxCost --precision 2%",
      meaning: "add seeds to each group until its mean is this precise",
    },
    { command: "rtmm sweep study.yaml --pareto energyMj,slaSatisfaction", meaning: "show the Pareto-optimal groups" },
    {
      command: "rtmm sweep study.yaml --shard 2/8 -o part-2",
      meaning: "run the second of eight shards; then use rtmm merge",
    },
    {
      command: "rtmm sweep study.yaml --queue redis://host:6379",
      meaning: "run on every machine that runs rtmm worker",
    },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const common = declaration
    .argument("<experiment>", "name or file of an experiment")
    .option("-o, --out <folder>", "folder for points and summary (default: <name>-sweep)")
    .option("--resume", "continue the folder's sweep: run missing and failed points")
    .option("--shard <i/n>", "run only shard i of n; combine shards with rtmm merge")
    .option("--dry-run", "show what would run without running it");
  declareReport(declareExecutor(declarePrecision(common, "means")));
}

/** The plan and its folder. */
interface Sweep extends ShownFolder {
  readonly plan: SweepPlan;
  readonly shard: Shard | undefined;
  readonly workbench: Workbench<Library>;
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const settings = reportSettings(invocation.options);
  const sweep = await planned(invocation);
  if (invocation.options.dryRun === true) return showPlan(sweep, invocation);
  const present = invocation.options.resume === true ? "resume" : "refuse";
  const begun = present === "resume" ? readManifest(sweep.path) : undefined;
  // A resumed sweep keeps judging precision by the metrics it started with, whichever are shown.
  const judged = begun?.precision?.metrics ?? settings.metrics.map(({ name }) => name);
  const manifest = manifestOf(sweep.plan, sweep.shard, judged);
  const folder = openSweepFolder(sweep, manifest, present);
  try {
    await runMissing(sweep, manifest, folder, invocation);
    folder.points.putInOrder();
    return showSweep(sweep, manifest, settings, invocation);
  } finally {
    folder.close();
  }
}

async function planned(invocation: Invocation<Options>): Promise<Sweep> {
  const { args, options } = invocation;
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const library = openLibrary(invocation);
  const workbench = new Workbench(library);
  const plan = await loadSweepPlan(library.find("experiment", args[0]!), workbench, options);
  noteInputWarnings(library.warnings, invocation);
  const shown = options.out ?? defaultFolder(plan, shard);
  return { plan, shard, workbench, path: library.absolute(shown), shown };
}

const defaultFolder = ({ name }: SweepPlan, shard: Shard | undefined): string =>
  `${name}-sweep${shard === undefined ? "" : `-${shard.number}of${shard.of}`}`;

function showPlan({ plan, shard }: Sweep, { options, print, textOptions }: Invocation<Options>): ExitCode {
  const format = formatNamed(options.format ?? "table", planFormats);
  print(format.render(plannedSweep(plan, shard, mostShown(format)), textOptions));
  return exitCode.ok;
}

async function runMissing(
  sweep: Sweep,
  manifest: SweepManifest,
  folder: SweepFolder,
  invocation: Invocation<Options>,
): Promise<void> {
  const { note, streams } = invocation;
  const { points } = folder;
  const { path, shown } = sweep;
  const work = missingPoints(sweep.plan, manifest, points);
  if (points.unreadable > 0)
    note(`ignored ${points.unreadable} lines of ${shown}/points.jsonl: incomplete, or of another sweep`);
  if (work.done === work.total) return note(`nothing to run: ${shown} has all ${work.total} points`);
  if (work.done > 0) note(`${work.done} of ${work.total} points are already done`);
  await streams.untilInterrupted(async (signal) => {
    const executor = await executorOf(sweep, work, invocation).catch((error) => {
      folder.abandon();
      throw error;
    });
    removeSummaries(path);
    try {
      await runShown({ plan: sweep.plan, work, points, executor, signal }, invocation);
    } catch (error) {
      note(`${points.done} of ${work.total} points are saved in ${shown}; continue with --resume`);
      throw error;
    }
  });
}

function executorOf(
  { plan, workbench }: Sweep,
  { mostLeft }: SweepWork,
  { options, streams, note, verbose, policyTimeoutMs, interruptibly }: Invocation<Options>,
): Promise<PointExecutor> {
  const setting = { plan, workbench, points: mostLeft, tell: note, verbose, policyTimeoutMs, interruptibly };
  return openExecutor(options, setting, streams);
}

interface Running {
  readonly plan: SweepPlan;
  readonly work: SweepWork;
  readonly points: PointsFile;
  readonly executor: PointExecutor;
  readonly signal: AbortSignal;
}

async function runShown(
  { plan, work, points, executor, signal }: Running,
  { note, showProgress }: Invocation<Options>,
): Promise<void> {
  const { total, done } = work;
  const progress = showProgress({ total, done, unit: "points" });
  const events = { pointEnded: progress.advance, pointFailed: failureReporter(note) };
  try {
    await runSweep(plan, work, points, executor, events, signal);
  } finally {
    progress.stop();
    await executor.close();
  }
}
