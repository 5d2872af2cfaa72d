/** `rtmm capacity`: finds the largest load that a system sustains. */
import { type Command, InvalidArgumentError } from "commander";
import type { Library } from "../../files/library.ts";
import { openNamed } from "../../files/named-output.ts";
import { decimal } from "../../input/decimal.ts";
import { RequestError } from "../../input/request-error.ts";
import { loadCurvesCsv } from "../../output/capacity/csv.ts";
import { capacityFormats } from "../../output/capacity/index.ts";
import type { Format } from "../../output/format.ts";
import { wrapped } from "../../output/lines.ts";
import type { Capacity } from "../../records/capacity.ts";
import { metricNamed } from "../../run/metric-named.ts";
import { parseRequirement, type Requirement } from "../../run/requirements/requirement.ts";
import { defaultSettings } from "../../run/settings.ts";
import { parseSetting, variationOf } from "../../run/variation.ts";
import { Workbench } from "../../run/workbench.ts";
import { type FoundCapacity, findCapacity } from "../../studies/capacity/find-capacity.ts";
import { type CapacityPlan, planCapacity } from "../../studies/capacity/plan.ts";
import { expectedRuns, type SearchOutcome } from "../../studies/capacity/run-capacity.ts";
import { type CapacitySettings, DEFAULT_SLA, DEFAULT_TOLERANCE } from "../../studies/capacity/settings.ts";
import { DEFAULT_SEEDS } from "../../studies/compare/settings.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { declareJobs, type JobsOption } from "../options/jobs-option.ts";
import { collected, declareSeeds, declareTimes, listed, type SeedOptions, seedsOf } from "../options/run-options.ts";
import { declareParams, type SchedulerOptions, schedulerSettings } from "../options/scheduler-options.ts";
import { type WorkAhead, withExecutor } from "../with-executor.ts";

interface Options extends SchedulerOptions, SeedOptions, JobsOption {
  readonly sla?: string;
  readonly metric?: string;
  readonly require?: readonly string[];
  readonly task?: string;
  readonly set?: readonly string[];
  readonly tolerance?: number;
  readonly format?: string;
  readonly out?: string;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm capacity vr-gaming -s edf,fcfs", meaning: "find the largest factor on all rates with 99 % SLA" },
    {
      command: "rtmm capacity vr-gaming -s edf --task ht -o curve.csv",
      meaning: "scale one task's rate, and write the load curve",
    },
    {
      command: "rtmm capacity ar-gaming -s edf --require 'tasks.de.p99Ms<=50'",
      meaning: "bound a tail latency instead",
    },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const searched = declaration
    .argument("<scenarios...>", "names or files of scenarios and suites")
    .option("-S, --system <name|file,…>", `systems to run on (default: ${defaultSettings.system})`, listed)
    .option("-s, --schedulers <name|file,…>", "schedulers to search (default: the built-in schedulers)", listed);
  const common = declareParams(searched)
    .option("--sla <bound>", `bound that the metric must reach (default: ${DEFAULT_SLA})`)
    .option("-m, --metric <name>", "metric that --sla bounds (default: slaSatisfaction)")
    .option("--require <requirement,…>", "full bounds, such as 'tasks.ht.p99Ms<=22', instead of --sla", listed)
    .option("--task <id>", "scale the rate of this task only (default: all rates)")
    .option("--set <place=value>", "change a value, such as system.accelerators[0].pes=2048", collected)
    .option("--tolerance <share>", `tolerance of the factor (default: ${DEFAULT_TOLERANCE * 100}%)`, share)
    .option("-o, --out <file.csv>", "write the load curve: every factor that was tried");
  declareFormat(declareJobs(declareTimes(declareSeeds(common, DEFAULT_SEEDS))), capacityFormats);
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options } = invocation;
  const format = formatNamed(options.format ?? "table", capacityFormats);
  const library = openLibrary(invocation);
  const workbench = new Workbench(library);
  const plan = await planCapacity(settingsOf(invocation), workbench);
  noteInputWarnings(library.warnings, invocation);
  const file = options.out === undefined ? undefined : openNamed(options.out, [".csv"], library);
  try {
    const { found, interruption } = await searchAll(plan, workbench, invocation);
    file?.write(loadCurvesCsv(found.capacity));
    file?.finish();
    show(found, format, invocation);
    if (interruption !== undefined) throw interruption;
    return found.failed.length > 0 ? exitCode.failed : exitCode.ok;
  } finally {
    file?.abandon();
  }
}

/** Returns what was found, even if an interruption ended the search. */
function searchAll(plan: CapacityPlan, workbench: Workbench<Library>, invocation: Invocation<Options>) {
  const total = plan.cases.length * plan.schedulers.length;
  const ahead: WorkAhead = {
    workbench,
    runs: expectedRuns(plan),
    counted: { total, unit: "searches" },
    userPolicies: "in threads",
  };
  return withExecutor(invocation, ahead, async ({ executor, atOnce, signal, progress }) => {
    const ended = ({ stopped }: SearchOutcome): void => {
      if (stopped?.kind !== "interrupted") progress.ended();
    };
    // One search more than threads, so that no thread idles while a search picks its next factor.
    const running = { executor, searchesAtOnce: atOnce + 1, signal, ended };
    const found = await findCapacity(plan, running, workbench);
    return { found, interruption: signal.aborted ? (signal.reason as unknown) : undefined };
  });
}

function settingsOf({ args, options }: Invocation<Options>): CapacitySettings {
  const { schedulers, set = [], task, tolerance } = options;
  return {
    ...schedulerSettings(args, options),
    schedulers,
    bounds: boundsOf(options),
    task,
    variation: variationOf({ set: Object.fromEntries(set.map(parseSetting)), rateScale: 1 }),
    seeds: seedsOf(options, DEFAULT_SEEDS),
    tolerance: tolerance ?? DEFAULT_TOLERANCE,
  };
}

function boundsOf({ sla, metric, require }: Options): readonly Requirement[] {
  if (require !== undefined) {
    if (sla === undefined && metric === undefined) return require.map(parseRequirement);
    throw new RequestError("--require already names metric and bound; leave out --sla and --metric");
  }
  const { name, better } = metricNamed(metric ?? "slaSatisfaction");
  if (better === "neither")
    throw new RequestError(`neither direction of ${name} is better; state a bound with --require '${name}<=…'`);
  if (sla === undefined && metric !== undefined && metric !== "slaSatisfaction")
    throw new RequestError(`--metric ${name} needs a bound; give --sla <bound> or --require '${name}<=…'`);
  return [parseRequirement(`${name}${better === "higher" ? ">=" : "<="}${sla ?? DEFAULT_SLA}`)];
}

/** Parses a share such as `1%` or `0.01`. */
function share(text: string): number {
  const value = text.endsWith("%") ? decimal(text.slice(0, -1)) / 100 : decimal(text);
  if (value >= LEAST_TOLERANCE && value <= 1) return value;
  throw new InvalidArgumentError(`It must be a share from ${LEAST_TOLERANCE * 100}% to 100%.`);
}

const LEAST_TOLERANCE = 1e-4;

function show({ capacity, absent, failed }: FoundCapacity, format: Format<Capacity>, invocation: Invocation<Options>) {
  const { print, note, textOptions, options } = invocation;
  for (const { label, reason } of absent) note(wrapped(`without ${label}: ${reason}`, "  "));
  print(format.render(capacity, textOptions));
  for (const warning of capacity.warnings) note(wrapped(`warning: ${warning}`, "  "));
  for (const { loadCase, scheduler, stopped } of failed) {
    if (stopped?.kind !== "failed") continue;
    const where = `${scheduler.label} on ${loadCase.scenario} and ${loadCase.system}`;
    note(`error: ${where}, factor ${stopped.factor}, seed ${stopped.seed}: ${stopped.failure.message}`);
  }
  if (options.out !== undefined) note(`wrote ${options.out}`);
}
