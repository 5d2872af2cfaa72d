/** `rtmm tune`: the papers' parameter search, for numeric parameters of any scheduler that have a range. */
import { dirname, relative } from "node:path";
import type { Command } from "commander";
import { schemaFolderFrom } from "../../files/built-ins.ts";
import type { Library } from "../../files/library.ts";
import { openNamed } from "../../files/named-output.ts";
import { decimal } from "../../input/decimal.ts";
import { RequestError } from "../../input/request-error.ts";
import { tuningFormats } from "../../output/tuning/index.ts";
import { paramsText } from "../../output/tuning/params-text.ts";
import { metricNamed } from "../../run/metric-named.ts";
import { mergedSettings } from "../../run/settings.ts";
import { Workbench } from "../../run/workbench.ts";
import { nameOfScheduler, requestsOf } from "../../studies/runs/plan.ts";
import { type TuneSettings, tuneDefaults } from "../../studies/tune/settings.ts";
import { mostRuns, planTuning, type Tuned, type TunePlan, tune } from "../../studies/tune/tune.ts";
import { tuningOf } from "../../studies/tune/tuning-of.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { declareJobs, type JobsOption } from "../options/jobs-option.ts";
import { renamedOption } from "../options/renamed-option.ts";
import {
  collected,
  declareSeeds,
  declareTimes,
  listed,
  paramsFrom,
  positive,
  type RunOptions,
  type SeedOptions,
  seedsOf,
  settingsFromOptions,
  wholeNumber,
} from "../options/run-options.ts";
import { declareVariation, type VariationOptions, variationFromOptions } from "../options/variation-options.ts";
import { toldSettings } from "../told-settings.ts";
import { type WorkAhead, withExecutor } from "../with-executor.ts";

interface Options extends RunOptions, SeedOptions, VariationOptions, JobsOption {
  readonly steps: number;
  readonly radius: number;
  readonly objective: string;
  readonly search?: readonly string[];
  readonly start?: readonly string[];
  readonly grid?: true;
  readonly out?: string;
  readonly format?: string;
}

export const command: CommandDefinition<Options> = {
  examples: [
    {
      command: "rtmm tune ar-gaming -s dream -o tuned.yaml",
      meaning: "search in five steps; then use run --params tuned.yaml",
    },
    { command: "rtmm tune ar-gaming -s dream --grid --seeds 3", meaning: "also try a full 9 x 9 grid for comparison" },
    { command: "rtmm tune my.yaml -s ./mine.js --search a --start a=2 --objective p99Ms", meaning: "tune your own" },
  ],
  declare,
  run,
};

const MOST_STEPS = 1000;

function declare(declaration: Command): void {
  const { steps, radius, seeds, objective } = tuneDefaults;
  const common = declaration
    .argument("<scenario>", "name or file of a scenario")
    .requiredOption("-s, --scheduler <name|file>", "scheduling policy")
    .option("-S, --system <name|file>", `system to run on (default: ${mergedSettings().system})`)
    .option("-p, --param <name=value>", "parameter to keep fixed; may be repeated", collected)
    .option(
      "--search <name[=from..to],…>",
      "parameters to search, with optional bounds (default: the first two that have a range)",
      listed,
    )
    .option("--start <name=value,…>", "where the search starts (default: the scheduler's defaults)", listed)
    .option("--steps <n>", "steps to take", wholeNumber(1, MOST_STEPS), steps)
    .option("--radius <share>", "distance of the first neighbours, as a share of each range", positive(1), radius)
    .option("--objective <metric>", "metric to improve", objective)
    .option("--grid", "also try every point of a grid of nine values per parameter")
    .option("-o, --out <file.yaml>", "write the best parameters, for --params of run and compare")
    .addOption(
      renamedOption(
        "--params <name,…>",
        "the parameters to search are --search <name,…>, as --params is a file of parameters",
      ),
    );
  declareFormat(declareJobs(declareVariation(declareTimes(declareSeeds(common, seeds)))), tuningFormats);
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options, textOptions } = invocation;
  const format = formatNamed(options.format ?? "table", tuningFormats);
  const library = openLibrary(invocation);
  const workbench = new Workbench(library);
  const plan = await planTuning(settingsOf(invocation, library), metricNamed(options.objective), workbench);
  noteInputWarnings(library.warnings, invocation);
  const out = options.out === undefined ? undefined : library.absolute(options.out);
  const file = options.out === undefined ? undefined : openNamed(options.out, [".yaml", ".yml"], library);
  const tuned = await search(plan, workbench, invocation);
  const tuning = tuned.found === undefined ? undefined : tuningOf(plan, tuned, tuned.found);
  if (tuning !== undefined) invocation.print(format.render(tuning, textOptions));
  // Parameters of an unfinished search are shown, but not written to a file.
  if (file !== undefined && tuning?.isFinished !== true) file.abandon();
  else if (file !== undefined) {
    const named = { scheduler: nameIn(out!, plan, library), schemaFolder: schemaFolderFrom(dirname(out!)) };
    file.write(paramsText(tuning!, plan.settings.request.parameters, named));
    file.finish();
    invocation.note(`wrote ${options.out}`);
  }
  if (tuned.failure !== undefined) throw tuned.failure.error;
  return exitCode.ok;
}

function search(plan: TunePlan, workbench: Workbench<Library>, invocation: Invocation<Options>): Promise<Tuned> {
  const ahead: WorkAhead = { workbench, runs: mostRuns(plan), userPolicies: "in this thread" };
  return withExecutor(invocation, ahead, async ({ executor, signal, progress }) => {
    const tuned = await tune(plan, executor, signal);
    // Points that the search revisited were not run again, so fewer runs were made than planned.
    if (tuned.failure === undefined) progress.expect(progress.done);
    return tuned;
  });
}

function settingsOf(invocation: Invocation<Options>, library: Library): TuneSettings {
  const { args, options } = invocation;
  const { seed: _, ...runOptions } = options;
  const varied = variationFromOptions(options);
  const given = { ...settingsFromOptions(args, runOptions), ...varied };
  const requests = requestsOf(toldSettings([{ from: "command line", settings: given }], invocation), library);
  if (requests.length !== 1)
    throw new RequestError(`tune takes one scenario, not the ${requests.length} of ${args[0]}`);
  return {
    request: requests[0]!,
    searched: options.search,
    start: startFrom(options.start ?? []),
    steps: options.steps,
    radius: options.radius,
    seeds: seedsOf(options, tuneDefaults.seeds),
    grid: options.grid === true ? "on" : "off",
  };
}

function startFrom(texts: readonly string[]): Readonly<Record<string, number>> {
  const numbers = Object.entries(paramsFrom(texts)).map(([name, text]) => [name, decimal(text)] as const);
  const wrong = numbers.find(([, value]) => !Number.isFinite(value));
  if (wrong === undefined) return Object.fromEntries(numbers);
  throw new RequestError(`--start takes numbers as name=value, got "${texts.join(",")}"`);
}

/** A user's scheduler is named by its path relative to the file's folder. */
function nameIn(file: string, { setups }: TunePlan, library: Library): string {
  const { schedulerPath } = setups[0]!;
  if (schedulerPath === undefined) return library.schedulerIn(dirname(file), nameOfScheduler(setups[0]!));
  return relative(dirname(file), library.absolute(schedulerPath));
}
