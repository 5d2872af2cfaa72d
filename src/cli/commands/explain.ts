/** `rtmm explain`: tells the story of one job of a run. */
import type { Command } from "commander";
import { explain, type JobChoice } from "../../explain/explain.ts";
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import { explanationFormats } from "../../output/explanation/index.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import { Workbench } from "../../run/workbench.ts";
import { requestsOf } from "../../studies/runs/plan.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings, noteResults } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { declareRunOptions, type RunOptions, settingsFromOptions, wholeNumber } from "../options/run-options.ts";
import { declareVariation, type VariationOptions, variationFromOptions } from "../options/variation-options.ts";
import { shownRuns } from "../shown-runs.ts";
import { toldSettings } from "../told-settings.ts";

interface Options extends RunOptions, VariationOptions {
  readonly task?: string;
  readonly job?: number;
  readonly worst?: true;
  readonly all?: true;
  /** False with `--no-rescues`. */
  readonly rescues: boolean;
  readonly format?: string;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm explain vr-gaming --worst", meaning: "the job that misses its deadline by most" },
    { command: "rtmm explain ar-gaming -s dream --task pd --job 3", meaning: "what became of this job, and why" },
    { command: "rtmm explain my.yaml -s llf --worst --task ht --all", meaning: "every decision, one by one" },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const common = declareRunOptions(declaration.argument("<scenario>", "name or file of a scenario"));
  declareFormat(declareVariation(common), explanationFormats)
    .option("--task <id>", "task of the job")
    .option("--job <n>", "index of the job in its task, from 0", wholeNumber(0, Number.MAX_SAFE_INTEGER))
    .option(
      "--worst",
      "the job that misses its deadline by most, else the one with the least slack; of --task, if given",
    )
    .option("--all", "show every decision instead of groups of them")
    .option("--no-rescues", "do not repeat the run to find what would have saved the job");
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options, textOptions } = invocation;
  const format = formatNamed(options.format ?? "table", explanationFormats);
  const library = openLibrary(invocation);
  const workbench = new Workbench(library);
  const progress = invocation.showProgress({ total: undefined, unit: "runs" });
  const { explanation, result } = await explain(
    {
      request: requestOf(invocation, library),
      choice: choiceOf(options),
      detail: options.all === true ? "every decision" : "grouped",
      rescues: options.rescues ? "searched" : "left out",
    },
    { workbench, makeRun: shownRuns(invocation, progress) },
  );
  progress.stop();
  noteInputWarnings(library.warnings, invocation);
  invocation.print(format.render(explanation, textOptions));
  noteResults([result], invocation);
  return exitCode.ok;
}

function requestOf(invocation: Invocation<Options>, library: Library): RunRequest {
  const { args, options } = invocation;
  const settings = toldSettings(
    [{ from: "command line", settings: { ...settingsFromOptions(args, options), ...variationFromOptions(options) } }],
    invocation,
  );
  const requests = requestsOf(settings, library);
  if (requests.length === 1) return requests[0]!;
  throw new RequestError(`explain takes one scenario, not the ${requests.length} of ${args[0]}`);
}

function choiceOf({ task, job, worst }: Options): JobChoice {
  if (worst === true && job !== undefined)
    throw new RequestError("--worst picks the job itself; leave out --job, or leave out --worst");
  if (worst === true) return { kind: "worst", task };
  if (task !== undefined && job !== undefined) return { kind: "named", task, job };
  const missing = task === undefined ? "--task" : "--job";
  throw new RequestError(`name the job with --task and --job, or let --worst pick it; ${missing} is missing`);
}
