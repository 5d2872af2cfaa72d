/** `rtmm run`: simulates scenarios and prints their metrics. */
import { type Command, InvalidArgumentError } from "commander";
import { schemaFolderFrom } from "../../files/built-ins.ts";
import type { Library } from "../../files/library.ts";
import { readParamsFor } from "../../files/params-file.ts";
import { openAllOutputs } from "../../files/run-outputs.ts";
import { configJson, configYaml } from "../../output/config-text.ts";
import { formats } from "../../output/results/index.ts";
import { traceEndings } from "../../output/trace/endings.ts";
import type { RunResult } from "../../records/run-result.ts";
import { readConfig } from "../../run/config-file.ts";
import { chosenMetrics } from "../../run/metric-named.ts";
import type { Requirement } from "../../run/requirements/requirement.ts";
import { assertAboutSome, tallyOf } from "../../run/requirements/runs.ts";
import type { Settings } from "../../run/settings.ts";
import { Workbench } from "../../run/workbench.ts";
import { effectiveSettings, outputPathsOf, prepareAll, requestsOf } from "../../studies/runs/plan.ts";
import { type FinishedRuns, runAll } from "../../studies/runs/run-all.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings, noteResults } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { declareRequire, type RequireOption, requirementsOf, showRequirements } from "../options/require-option.ts";
import { declareRunOptions, listed, type RunOptions, settingsFromOptions } from "../options/run-options.ts";
import { declareTimeline, type TimelineOption, timelinesOf } from "../options/timeline-options.ts";
import { declareVariation, type VariationOptions, variationFromOptions } from "../options/variation-options.ts";
import { showSimulatedTime } from "../shown-runs.ts";
import { type SettingsLayer, toldSettings } from "../told-settings.ts";

interface Options extends RunOptions, RequireOption, TimelineOption, VariationOptions {
  readonly format?: string;
  readonly metric?: readonly string[];
  readonly out?: string;
  readonly jobs?: string;
  readonly trace?: string;
  readonly audit?: true;
  readonly config?: string;
  readonly params?: string;
  readonly printConfig?: true;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm run vr-gaming", meaning: "run the default scheduler on the default system" },
    { command: "rtmm run vr-gaming -m all", meaning: "show every metric, not just the headline" },
    {
      command: "rtmm run xrbench -S fda-1-ws-4k -s fcfs",
      meaning: "run a suite: a row per scenario and an overall score",
    },
    {
      command: "rtmm run my.yaml -S soc.yaml -s ./mine.js -o out",
      meaning: "run your own files; write result.json and jobs.csv",
    },
    { command: "rtmm run vr-gaming --trace run.pftrace", meaning: "write a timeline to open in ui.perfetto.dev" },
    {
      command: "rtmm run ar-gaming -s edf -p granularity=model --seed 7 -f json",
      meaning: "set a parameter and the seed, print JSON",
    },
    { command: "rtmm run ar-gaming --timeline", meaning: "draw the part of the run with its first miss" },
  ],
  declare,
  run,
};

/** Also of `rtmm watch`. */
export function declare(declaration: Command): void {
  const common = declareRunOptions(declaration.argument("[scenarios...]", "names or files of scenarios and suites"));
  declareTimeline(declareRequire(declareVariation(declareFormat(common, formats))))
    .option("-m, --metric <name,…>", "metrics to show in tables, or all (default: the headline)", listed)
    .option("-o, --out <folder>", "write result.json and jobs.csv to this folder")
    .option("--jobs <file.csv>", "write a row per released job", jobsFile)
    .option("--trace <file>", `write a timeline of the run (${traceEndings.join(", ")})`)
    .option("--audit", "check the finished run against the simulation rules")
    .option("--params <file.yaml>", "read scheduler and parameters from a file of rtmm tune; -p overrides it")
    .option("--config <file>", "read settings from a file; options override it")
    .option("--print-config", "print all settings as a file for --config, and run nothing");
}

/** Elsewhere `--jobs` is a number of parallel runs. */
function jobsFile(text: string): string {
  if (!/^\d+$/.test(text)) return text;
  throw new InvalidArgumentError(
    "It names a CSV file here: a row per job. This command makes one run after the other.",
  );
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options } = invocation;
  const library = openLibrary(invocation);
  const settings = await settingsOf(invocation, library);
  const format = formatNamed(settings.format, formats);
  const metrics = settings.metrics && chosenMetrics(settings.metrics);
  const requirements = requirementsOf(settings);
  const requests = requestsOf(settings, library);
  const workbench = new Workbench(library);
  const setups = await prepareAll(requests, workbench);
  assertAboutSome(requirements, setups);
  noteInputWarnings(library.warnings, invocation);
  if (options.printConfig === true) {
    const fields = effectiveSettings(settings, requests, setups, library);
    invocation.print(format.name === "json" ? configJson(fields) : configYaml(fields, schemaFolderFrom(library.cwd)));
    return exitCode.ok;
  }
  const timelines = timelinesOf(invocation, settings, setups);
  const outputs = await openAllOutputs(outputPathsOf(settings, setups, library), setups, library);
  const audit = settings.audit ? "on" : "off";
  const observers = timelines?.logs.map(({ observer }) => observer);
  const { progress, ofRun: progressOf } = showSimulatedTime(setups, invocation);
  const { interruptibly } = invocation;
  const runs = await runAll(requests, outputs, { workbench, audit, interruptibly, observers, progressOf });
  progress.stop();
  const render = (results: readonly RunResult[]) => {
    const text = format.render(results, { ...invocation.textOptions, metrics });
    return timelines === undefined ? text : `${text.trimEnd()}\n\n${timelines.render(results.length)}`;
  };
  return show(runs, render, requirements, invocation);
}

async function settingsOf(invocation: Invocation<Options>, library: Library): Promise<Settings> {
  const { args, options } = invocation;
  const { format, metric: metrics, out, jobs, trace, audit, require, config, params } = options;
  const fromFile = config === undefined ? {} : readConfig(library.fileAt(config), library);
  const fromParams = params === undefined ? {} : await readParamsFor(options.scheduler, params, library);
  const given = { format, metrics, out, jobs, trace, audit, require };
  const own = Object.entries(given).filter(([, value]) => value !== undefined);
  const varied = variationFromOptions(options);
  const layers: SettingsLayer[] = [
    { from: `${config}`, settings: fromFile },
    { from: `${params}`, settings: fromParams },
    {
      from: "command line",
      settings: { ...settingsFromOptions(args, options), ...varied, ...Object.fromEntries(own) },
    },
  ];
  return toldSettings(layers, invocation);
}

/** Shows the finished runs, even if a later run failed or was interrupted. */
function show(
  { results, findings, written, failure }: FinishedRuns,
  render: (results: readonly RunResult[]) => string,
  requirements: readonly Requirement[],
  invocation: Invocation,
): ExitCode {
  if (results.length > 0) invocation.print(render(results));
  invocation.streams.listener?.finished(failure === undefined ? results : []);
  noteResults(results, invocation);
  for (const path of written) invocation.note(`wrote ${path}`);
  for (const finding of findings) invocation.note(`audit: ${finding}`);
  const areMet = results.length === 0 || showRequirements(tallyOf(results, requirements), invocation);
  if (failure !== undefined) throw failure.error;
  if (findings.length > 0) return exitCode.failed;
  return areMet ? exitCode.ok : exitCode.regression;
}
