/** `rtmm diff`: two runs of one scenario on one timeline. */
import type { Command } from "commander";
import { diffRuns } from "../../diff/diff.ts";
import { diffFormats } from "../../output/diff/index.ts";
import { defaultSettings, LARGEST_SEED } from "../../run/settings.ts";
import { Workbench } from "../../run/workbench.ts";
import { prepareSides, readSides, type SideSettings } from "../../studies/diff/sides.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { collected, declareTimes, type RunOptions, settingsFromOptions, wholeNumber } from "../options/run-options.ts";
import { declareVariation, type VariationOptions, variationFromOptions } from "../options/variation-options.ts";
import { shownRuns } from "../shown-runs.ts";
import { toldSettings } from "../told-settings.ts";

interface Options extends Omit<RunOptions, "scheduler">, VariationOptions {
  readonly format?: string;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm diff edf dream ar-gaming", meaning: "where two schedulers part, and why" },
    { command: "rtmm diff edf edf:granularity=model ar-gaming", meaning: "what a parameter changes" },
    {
      command: "rtmm diff out/result.json llf",
      meaning: "a result of rtmm run, and the same run with another scheduler",
    },
    { command: "rtmm diff before/result.json after/result.json", meaning: "two results, both repeated and verified" },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const { system, seed } = defaultSettings;
  const common = declaration
    .argument("<a>", "result.json of rtmm run, or a scheduler")
    .argument("<b>", "likewise")
    .argument("[scenario]", "name or file of a scenario, for two schedulers")
    .option("-S, --system <name|file>", `system to run on (default: ${system})`)
    .option("-p, --param <scheduler:name=value>", "parameter; without a scheduler, of both that have it", collected)
    .option("--seed <n>", `seed of all random draws (default: ${seed})`, wholeNumber(0, LARGEST_SEED));
  declareFormat(declareVariation(declareTimes(common)), diffFormats);
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options, textOptions, print, note } = invocation;
  const format = formatNamed(options.format ?? "table", diffFormats);
  const library = openLibrary(invocation);
  const sides = await readSides(sideSettings(invocation), library);
  const [a, b] = await prepareSides(sides, new Workbench(library));
  const progress = invocation.showProgress({ total: undefined, unit: "runs" });
  const diff = diffRuns([a, b], shownRuns(invocation, progress));
  progress.stop();
  noteInputWarnings(library.warnings, invocation);
  print(format.render(diff, textOptions));
  for (const [name, { resultHash }] of [["A", diff.a] as const, ["B", diff.b] as const]) {
    note(`result ${resultHash.slice(0, 32)} ${name}`);
  }
  return exitCode.ok;
}

function sideSettings(invocation: Invocation<Options>): SideSettings {
  const { args, options } = invocation;
  const [a, b, ...scenarios] = args as readonly [string, string, ...string[]];
  const { param = [], format: _, ...runOptions } = options;
  return {
    ...{ a, b, params: param },
    settings: toldSettings(
      [
        {
          from: "command line",
          settings: { ...settingsFromOptions(scenarios, runOptions), ...variationFromOptions(options) },
        },
      ],
      invocation,
    ),
    given: [...scenarios, ...Object.keys(runOptions).filter(isGiven(options)).map(optionName)],
  };
}

const isGiven =
  (options: Options) =>
  (key: string): boolean =>
    options[key as keyof Options] !== undefined;

const optionName = (key: string): string => `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
