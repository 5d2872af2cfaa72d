/** `rtmm optimum`: searches the best schedule that a small case has. */
import { setImmediate } from "node:timers/promises";
import { type Command, InvalidArgumentError } from "commander";
import type { Library } from "../../files/library.ts";
import { openNamed } from "../../files/named-output.ts";
import type { OutputFile } from "../../files/output-file.ts";
import { openAllOutputs, type RunOutputs } from "../../files/run-outputs.ts";
import { defaultModel, type Granularity } from "../../optimum/decision-model.ts";
import { type FoundOptimum, findOptimum, type OptimumPlan, replaySetup } from "../../optimum/find-optimum.ts";
import { wrapped } from "../../output/lines.ts";
import { optimumFormats } from "../../output/optimum/index.ts";
import { policyFile } from "../../output/optimum/policy-file.ts";
import { traceEndings } from "../../output/trace/endings.ts";
import { metricNamed } from "../../run/metric-named.ts";
import { runOnce } from "../../run/run-once.ts";
import { defaultSettings, LARGEST_SEED } from "../../run/settings.ts";
import { variationOf } from "../../run/variation.ts";
import { Workbench } from "../../run/workbench.ts";
import { DEFAULT_STATES, MOST_STATES, type OptimumSettings, planOptimum } from "../../studies/optimum/plan.ts";
import { provenBound } from "../../studies/optimum/proven-bound.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { declareTimes, listed, wholeNumber } from "../options/run-options.ts";
import { declareParams, type SchedulerOptions } from "../options/scheduler-options.ts";
import { declareVariation, type VariationOptions, variationFromOptions } from "../options/variation-options.ts";
import type { Progress } from "../progress.ts";
import { shownRuns } from "../shown-runs.ts";

interface Options extends Omit<SchedulerOptions, "system">, VariationOptions {
  readonly system?: string;
  readonly metric?: string;
  readonly seed?: number;
  readonly granularity?: Granularity;
  readonly preemptions?: number;
  /** False with `--no-drops`. */
  readonly drops: boolean;
  readonly states?: number;
  readonly format?: string;
  readonly out?: string;
  readonly trace?: string;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm optimum ar-gaming --duration-ms 40", meaning: "the best schedule of the first 40 ms" },
    {
      command: "rtmm optimum my.yaml -S soc.yaml -m deadlineViolationRate -s edf,./mine.js",
      meaning: "how far two policies are from the fewest misses",
    },
    {
      command: "rtmm optimum my.yaml -o best.mjs --trace best.pftrace",
      meaning: "write the schedule as a policy that rtmm run -s takes, and its timeline",
    },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const { system, seed } = defaultSettings;
  const searched = declaration
    .argument("<scenario>", "name or file of a scenario")
    .option("-S, --system <name|file>", `system to run on (default: ${system})`)
    .option("-m, --metric <name>", `metric that the schedule is the best by (default: ${DEFAULT_METRIC})`)
    .option("-s, --schedulers <name|file,…>", "schedulers to compare with it (default: the built-in ones)", listed)
    .option("--seed <n>", `seed of all random draws (default: ${seed})`, wholeNumber(0, LARGEST_SEED));
  const modelled = declareParams(searched)
    .option(
      "--granularity <model|layer|n>",
      `what a dispatch runs: all that is left of a job, a layer, or n layers (default: ${defaultModel.granularity})`,
      granularity,
    )
    .option(
      "--preemptions <n>",
      `stops of running work that a schedule may have (default: ${defaultModel.preemptions})`,
      wholeNumber(0, 1000),
    )
    .option("--no-drops", "let every job complete")
    .option("--states <n>", `stop after this many states (default: ${DEFAULT_STATES})`, wholeNumber(1, MOST_STATES))
    .option("-o, --out <policy.mjs>", "write the schedule as a policy file for rtmm run -s")
    .option("--trace <file>", `write a timeline of the schedule (${traceEndings.join(", ")})`);
  declareFormat(declareVariation(declareTimes(modelled)), optimumFormats);
}

const DEFAULT_METRIC = "uxCostGuarded";

function granularity(text: string): Granularity {
  if (text === "layer" || text === "model") return text;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be model, layer or a number of layers.");
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options, textOptions, print, note, streams } = invocation;
  const format = formatNamed(options.format ?? "table", optimumFormats);
  const library = openLibrary(invocation);
  const workbench = new Workbench(library);
  const plan = await planOptimum(settingsOf(invocation), workbench);
  noteInputWarnings(library.warnings, invocation);
  const files = await openFiles(plan, library, options);
  try {
    const { found, interruption } = await streams.untilInterrupted((signal) =>
      search(plan, workbench, signal, invocation),
    );
    print(format.render(found.optimum, textOptions));
    for (const { label, reason } of found.optimum.absent) note(wrapped(`without ${label}: ${reason}`, "  "));
    for (const warning of found.optimum.warnings) note(wrapped(`warning: ${warning}`, "  "));
    write(found, files, invocation);
    if (interruption !== undefined) throw interruption;
    return exitCode.ok;
  } finally {
    files.policy?.abandon();
    files.trace?.abandon();
  }
}

/** Returns what was found, even if an interruption ended the search. */
async function search(plan: OptimumPlan, workbench: Workbench, signal: AbortSignal, invocation: Invocation<Options>) {
  const runs = invocation.showProgress({ total: plan.rivals.length, unit: "schedulers" });
  const makeRun = shownRuns(invocation, runs);
  let states: Progress | undefined;
  try {
    const found = await findOptimum(plan, {
      makeRun,
      async pause(visited) {
        runs.stop();
        states ??= invocation.showProgress({ total: plan.states, unit: "states" });
        states.advance(visited);
        await setImmediate();
        return signal.aborted ? "stop" : "go on";
      },
      provenBound: (setup) => provenBound(setup, plan.metric.name, workbench, invocation.note),
    });
    return { found, interruption: signal.aborted ? (signal.reason as unknown) : undefined };
  } finally {
    runs.stop();
    states?.stop();
  }
}

function settingsOf({ args, options }: Invocation<Options>): OptimumSettings {
  const { system, metric, schedulers, seed, durationMs, warmupMs, states } = options;
  const { granularity: what, preemptions, drops } = options;
  return {
    scenario: args[0]!,
    system: system ?? defaultSettings.system,
    metric: metricNamed(metric ?? DEFAULT_METRIC),
    model: {
      granularity: what ?? defaultModel.granularity,
      drops: drops ? "allowed" : "never",
      preemptions: preemptions ?? defaultModel.preemptions,
    },
    schedulers,
    params: options.param ?? [],
    paramsFiles: options.params ?? [],
    states: states ?? DEFAULT_STATES,
    seed: seed ?? defaultSettings.seed,
    durationMs,
    warmupMs: warmupMs ?? defaultSettings.warmupMs,
    variation: variationOf({ set: {}, rateScale: 1, ...variationFromOptions(options) }),
  };
}

interface Files {
  readonly policy: OutputFile | undefined;
  readonly trace: RunOutputs | undefined;
}

/** Opened before the search, which may take long. */
async function openFiles(plan: OptimumPlan, library: Library, { out, trace }: Options): Promise<Files> {
  const path = (given: string | undefined) => (given === undefined ? undefined : library.absolute(given));
  const policy = out === undefined ? undefined : openNamed(out, [".mjs", ".js"], library);
  if (trace === undefined) return { policy, trace: undefined };
  try {
    const paths = { folder: undefined, jobs: undefined, trace: path(trace) };
    const [outputs] = await openAllOutputs([paths], [replaySetup(plan.rivals[0].setup, [])], library);
    return { policy, trace: outputs };
  } catch (error) {
    policy?.abandon();
    throw error;
  }
}

function write(
  { optimum, best }: FoundOptimum,
  { policy, trace }: Files,
  { options, note }: Invocation<Options>,
): void {
  if (best === undefined) return;
  policy?.write(policyFile(optimum));
  policy?.finish();
  if (policy !== undefined) note(`wrote ${options.out}`);
  if (trace === undefined) return;
  const { result } = runOnce(best.setup, trace.observer === undefined ? {} : { observer: trace.observer });
  trace.finish(result);
  note(`wrote ${options.trace}`);
}
