/** `rtmm compare`: compares schedulers on the same random draws. */
import { setImmediate } from "node:timers/promises";
import type { Command } from "commander";
import { loadSolver } from "../../analysis/solver/index.ts";
import { FEWEST_SEEDS } from "../../analysis/statistics/precision.ts";
import type { Library } from "../../files/library.ts";
import { comparisonFormats } from "../../output/comparison/index.ts";
import { hintText, precisionText } from "../../output/comparison/precision-text.ts";
import type { Format } from "../../output/format.ts";
import { wrapped } from "../../output/lines.ts";
import { counted } from "../../output/words.ts";
import type { Comparison } from "../../records/comparison.ts";
import { chosenMetrics } from "../../run/metric-named.ts";
import type { Requirement } from "../../run/requirements/requirement.ts";
import { assertAboutSome, tallyOf } from "../../run/requirements/runs.ts";
import { defaultSettings } from "../../run/settings.ts";
import { variationOf } from "../../run/variation.ts";
import { Workbench } from "../../run/workbench.ts";
import type { BoundingParts } from "../../studies/bound/bounds-by-seed.ts";
import { comparisonOf } from "../../studies/compare/comparison-of.ts";
import { boundsOfRuns, withGaps } from "../../studies/compare/gaps.ts";
import { type ComparisonPlan, planComparison } from "../../studies/compare/plan.ts";
import { type PrecisionAim, precisionHint, precisionOf, seedsTo } from "../../studies/compare/precision.ts";
import { type ComparisonRuns, type MoreSeeds, runComparison } from "../../studies/compare/run-comparison.ts";
import { type CompareSettings, DEFAULT_SEEDS } from "../../studies/compare/settings.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { declareJobs, type JobsOption } from "../options/jobs-option.ts";
import { declarePrecision, type PrecisionOption, precisionAim } from "../options/precision-option.ts";
import { declareRequire, type RequireOption, requirementsOf, showRequirements } from "../options/require-option.ts";
import { declareSeeds, declareTimes, listed, type SeedOptions, seedsOf } from "../options/run-options.ts";
import { declareParams, type SchedulerOptions, schedulerSettings } from "../options/scheduler-options.ts";
import { declareVariation, type VariationOptions, variationFromOptions } from "../options/variation-options.ts";
import { type WorkAhead, withExecutor } from "../with-executor.ts";

interface Options extends SchedulerOptions, SeedOptions, PrecisionOption, JobsOption, RequireOption, VariationOptions {
  readonly baseline?: string;
  readonly metric?: readonly string[];
  readonly format?: string;
  readonly bound?: true;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm compare vr-gaming --schedulers fcfs,edf,llf", meaning: "compare three schedulers on five seeds" },
    { command: "rtmm compare xrbench -m uxCost", meaning: "compare one metric over a suite, with geometric means" },
    { command: "rtmm compare vr-gaming --bound", meaning: "with the gap to what no scheduler can beat" },
    { command: "rtmm compare xrbench -m uxCost --precision 2%", meaning: "add seeds until ratios are this precise" },
    {
      command: "rtmm compare my.yaml --schedulers edf,edf:granularity=model,./mine.js",
      meaning: "with a variant and your own file",
    },
    {
      command: "rtmm compare vr-gaming --schedulers fcfs,tuned.yaml --seeds 20",
      meaning: "with the result of rtmm tune",
    },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const { system } = defaultSettings;
  const compared = declaration
    .argument("<scenarios...>", "names or files of scenarios and suites")
    .option("-S, --system <name|file,…>", `systems to run on (default: ${system})`, listed)
    .option("-s, --schedulers <name|file,…>", "schedulers to compare (default: the built-in schedulers)", listed)
    .option("-b, --baseline <scheduler>", "reference for ratios (default: fcfs, else the first scheduler)");
  const common = declareParams(compared).option(
    "-m, --metric <name,…>",
    "metrics to show, or all (default: the usual ones)",
    listed,
  );
  const bounded = common.option("--bound", "show how far each scheduler is from what no scheduler can beat");
  const seeds = declareSeeds(bounded, `${DEFAULT_SEEDS}; with --precision ${FEWEST_SEEDS}`);
  const seeded = declarePrecision(seeds, "ratios");
  declareRequire(declareVariation(declareFormat(declareJobs(declareTimes(seeded)), comparisonFormats)));
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options } = invocation;
  const format = formatNamed(options.format ?? "table", comparisonFormats);
  const metrics = chosenMetrics(options.metric);
  const requirements = requirementsOf(options);
  const settings = settingsOf(invocation);
  const aim = precisionAim(options, settings.seeds.length);
  const library = openLibrary(invocation);
  const workbench = new Workbench(library);
  const plan = await planComparison(settings, workbench);
  assertAboutSome(
    requirements,
    plan.cases.map(({ setup }) => setup),
  );
  noteInputWarnings(library.warnings, invocation);
  // Before the runs: without it they would be in vain.
  const solver = options.bound === true ? await loadSolver() : undefined;
  const runs = await runAll(plan, aim && seedsTo(aim, plan, metrics), workbench, invocation);
  noteUnfinished(runs, plan.settings, invocation);
  if (runs.seeds.length > 0) {
    const comparison = withPrecision(comparisonOf(plan, runs, metrics), aim);
    const bounded = solver && (await withBounds(comparison, runs, { workbench, solver }, invocation));
    show(bounded ?? comparison, format, invocation);
  }
  const areMet = runs.seeds.length === 0 || showRequirements(requirementTally(runs, requirements), invocation);
  if (runs.failure !== undefined) throw runs.failure.error;
  return areMet ? exitCode.ok : exitCode.regression;
}

const withBounds = (
  comparison: Comparison,
  runs: ComparisonRuns,
  parts: BoundingParts,
  { streams }: Invocation,
): Promise<Comparison> =>
  streams.untilInterrupted(async (signal) => {
    const bounds = await boundsOfRuns(runs, parts, async () => {
      // Ctrl-C is handled only when the event loop runs.
      await setImmediate();
      signal.throwIfAborted();
    });
    return withGaps(comparison, runs, bounds);
  });

function show(comparison: Comparison, format: Format<Comparison>, invocation: Invocation): void {
  const { print, note, textOptions } = invocation;
  print(format.render(comparison, textOptions));
  for (const warning of comparison.warnings) note(wrapped(`warning: ${warning}`, "  "));
  notePrecision(comparison, invocation);
}

function settingsOf({ args, options }: Invocation<Options>): CompareSettings {
  return {
    ...schedulerSettings(args, options),
    schedulers: options.schedulers,
    baseline: options.baseline,
    seeds: seedsOf(options, options.precision === undefined ? DEFAULT_SEEDS : FEWEST_SEEDS),
    variation: variationOf({ ...defaultSettings, ...variationFromOptions(options) }),
  };
}

const withPrecision = (comparison: Comparison, aim: PrecisionAim | undefined): Comparison =>
  aim === undefined ? comparison : { ...comparison, precision: precisionOf(comparison, aim) };

/** `moreSeeds` is undefined if the number of seeds is fixed. */
function runAll(
  plan: ComparisonPlan,
  moreSeeds: MoreSeeds | undefined,
  workbench: Workbench<Library>,
  invocation: Invocation<Options>,
): Promise<ComparisonRuns> {
  const runsASeed = plan.cases.length * plan.schedulers.length;
  const runs = plan.settings.seeds.length * runsASeed;
  const ahead: WorkAhead = {
    workbench,
    runs: moreSeeds === undefined ? runs : undefined,
    userPolicies: "in this thread",
  };
  return withExecutor(invocation, ahead, ({ executor, signal, progress }) => {
    progress.expect(runs);
    const expected: MoreSeeds = (finished) => {
      const seeds = moreSeeds?.(finished) ?? [];
      progress.expect((finished.seeds.length + seeds.length) * runsASeed);
      return seeds;
    };
    return runComparison(plan, { executor, signal, moreSeeds: expected });
  });
}

/** Tallies the runs of every scheduler in every case with every seed. */
function requirementTally({ results, schedulers }: ComparisonRuns, requirements: readonly Requirement[]) {
  return tallyOf(results.flat(2), requirements, (index) => schedulers[index % schedulers.length]!.label);
}

function notePrecision(comparison: Comparison, { note }: Invocation): void {
  const { precision } = comparison;
  const hint = precision === undefined ? precisionHint(comparison) : undefined;
  if (precision !== undefined) note(wrapped(precisionText(precision, comparison), "  "));
  if (hint !== undefined) note(wrapped(`hint: ${hintText(hint)}`, "  "));
}

/** Names the schedulers left out, and says how much of an interrupted or failed comparison is shown. */
function noteUnfinished(
  { absent, failure, seeds, cases }: ComparisonRuns,
  asked: CompareSettings,
  { note }: Invocation,
) {
  for (const { label, reason } of absent) note(wrapped(`without ${label}: ${reason}`, "  "));
  if (failure === undefined || seeds.length === 0) return;
  const ofAsked = seeds.length < asked.seeds.length ? ` of ${asked.seeds.length}` : "";
  note(`not finished: compared ${seeds.length}${ofAsked} seeds in ${counted(cases.length, "case")}`);
}
