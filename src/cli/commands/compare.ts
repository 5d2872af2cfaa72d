/** `rtmm compare`: schedulers side by side, on the same draws. */
import type { Command } from "commander";
import { comparedMetrics } from "../../experiment/compare/compared-metrics.ts";
import { comparisonOf } from "../../experiment/compare/comparison-of.ts";
import { planComparison } from "../../experiment/compare/plan.ts";
import { type RanComparison, runComparison } from "../../experiment/compare/run-comparison.ts";
import { type CompareSettings, DEFAULT_SEEDS } from "../../experiment/compare/settings.ts";
import { Library } from "../../experiment/files/library.ts";
import type { Requirement } from "../../experiment/requirements/requirement.ts";
import { assertAboutSome, tallyOf } from "../../experiment/requirements/runs.ts";
import { defaultSettings } from "../../experiment/run/settings.ts";
import { variationOf } from "../../experiment/run/variation.ts";
import { Workbench } from "../../experiment/run/workbench.ts";
import { comparisonFormats } from "../../output/comparison/index.ts";
import { wrapped } from "../../output/wrapped.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { declareFormat, formatNamed } from "../format-option.ts";
import { noteInputWarnings } from "../notes.ts";
import { declareRequire, type RequireOption, requirementsOf, showRequirements } from "../require-option.ts";
import { collected, declareSeeds, declareTimes, listed, type SeedOptions, seedsOf } from "../run-options.ts";
import { declareVariation, type VariationOptions, variationFromOptions } from "../variation-options.ts";

interface Options extends SeedOptions, RequireOption, VariationOptions {
  readonly system?: readonly string[];
  readonly schedulers?: readonly string[];
  readonly baseline?: string;
  readonly param?: readonly string[];
  readonly params?: readonly string[];
  readonly metric?: readonly string[];
  readonly durationMs?: number;
  readonly warmupMs?: number;
  readonly format?: string;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm compare vr-gaming --schedulers fcfs,edf,llf", meaning: "three schedulers on five seeds" },
    { command: "rtmm compare xrbench -m uxCost", meaning: "a suite: one metric, with geometric means" },
    { command: "rtmm compare my.yaml --schedulers edf,edf:granularity=model,./mine.js", meaning: "variants, own file" },
    { command: "rtmm compare vr-gaming --schedulers fcfs,tuned.yaml --seeds 20", meaning: "what rtmm tune has found" },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const { system } = defaultSettings;
  const common = declaration
    .argument("<scenarios...>", "names or files of scenarios and suites")
    .option("-S, --system <name|file,…>", `systems to run on (default: ${system})`, listed)
    .option("-s, --schedulers <name|file,…>", "what is compared (default: the built-in schedulers)", listed)
    .option("-b, --baseline <scheduler>", "what ratios are to (default: fcfs, else the first scheduler)")
    .option("-p, --param <scheduler:name=value>", "parameter; without scheduler: of all that have it", collected)
    .option("--params <file.yaml>", "parameters of one scheduler, as rtmm tune writes them", collected)
    .option("-m, --metric <name,…>", "metrics to show, or all (default: the usual ones)", listed);
  const timed = declareTimes(declareSeeds(common, DEFAULT_SEEDS));
  declareRequire(declareVariation(declareFormat(timed, comparisonFormats)));
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options, streams, color } = invocation;
  const format = formatNamed(options.format ?? "table", comparisonFormats);
  const metrics = comparedMetrics(options.metric);
  const requirements = requirementsOf(options);
  const library = new Library(streams.cwd);
  const workbench = new Workbench(library);
  const plan = await planComparison(settingsOf(invocation), workbench);
  assertAboutSome(
    requirements,
    plan.cases.map(({ setup }) => setup),
  );
  noteInputWarnings(library.warnings, invocation);
  const ran = await runComparison(plan, workbench, streams.interruptibly);
  noteUnfinished(ran, plan.settings, invocation);
  if (ran.seeds.length > 0) {
    const comparison = comparisonOf(plan, ran, metrics);
    invocation.print(format.render(comparison, { color }));
    for (const warning of comparison.warnings) invocation.note(wrapped(`warning: ${warning}`, "  "));
  }
  const areMet = ran.seeds.length === 0 || showRequirements(requirementTally(ran, requirements), invocation);
  if (ran.failure !== undefined) throw ran.failure.error;
  return areMet ? exitCode.ok : exitCode.regression;
}

function settingsOf({ args, options }: Invocation<Options>): CompareSettings {
  const { system, schedulers, baseline, param = [], params = [], durationMs, warmupMs } = options;
  return {
    scenarios: args,
    systems: system ?? [defaultSettings.system],
    schedulers,
    baseline,
    params: param,
    paramsFiles: params,
    seeds: seedsOf(options, DEFAULT_SEEDS),
    durationMs,
    warmupMs: warmupMs ?? defaultSettings.warmupMs,
    variation: variationOf({ ...defaultSettings, ...variationFromOptions(options) }),
  };
}

/** Of every scheduler in every case with every seed. */
function requirementTally({ results, contenders }: RanComparison, requirements: readonly Requirement[]) {
  return tallyOf(results.flat(2), requirements, (index) => contenders[index % contenders.length]!.label);
}

/** Schedulers left out, and what an interruption or a failure has left. */
function noteUnfinished(
  { absent, failure, seeds, cases }: RanComparison,
  asked: CompareSettings,
  { note }: Invocation,
) {
  for (const { label, reason } of absent) note(wrapped(`without ${label}: ${reason}`, "  "));
  if (failure === undefined || seeds.length === 0) return;
  note(
    `not finished: ${seeds.length} of ${asked.seeds.length} seeds in ${cases.length} case${cases.length === 1 ? "" : "s"} are compared`,
  );
}
