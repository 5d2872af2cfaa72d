/** `rtmm bound`: what no scheduler can do better on the draws of a seed. */
import { setImmediate } from "node:timers/promises";
import type { Command } from "commander";
import { boundFormats } from "../../output/bound/index.ts";
import { defaultSettings } from "../../run/settings.ts";
import { variationOf } from "../../run/variation.ts";
import { Workbench } from "../../run/workbench.ts";
import { type BoundSettings, boundCases } from "../../studies/bound/bound-cases.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { declareSeeds, declareTimes, listed, type SeedOptions, seedsOf } from "../options/run-options.ts";
import { declareVariation, type VariationOptions, variationFromOptions } from "../options/variation-options.ts";

interface Options extends SeedOptions, VariationOptions {
  readonly system?: readonly string[];
  readonly durationMs?: number;
  readonly warmupMs?: number;
  readonly format?: string;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm bound vr-gaming", meaning: "least violations, energy and UXCost of any schedule" },
    { command: "rtmm bound xrbench -S hda-2-ws-os-4k,hda-4-ws-os-4k", meaning: "of each scenario on two systems" },
    { command: "rtmm bound dream-ar-social --seeds 5 --rate-scale 1.5 -f csv", meaning: "for five seeds, a row each" },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const { system } = defaultSettings;
  const bounded = declaration
    .argument("<scenarios...>", "names or files of scenarios and suites")
    .option("-S, --system <name|file,…>", `systems to bound on (default: ${system})`, listed);
  declareVariation(declareFormat(declareTimes(declareSeeds(bounded, 1)), boundFormats));
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options, print, streams, textOptions } = invocation;
  const format = formatNamed(options.format ?? "table", boundFormats);
  const settings = settingsOf(invocation);
  const library = openLibrary(invocation);
  const workbench = new Workbench(library);
  const bounds = await streams.untilInterrupted((signal) =>
    boundCases(settings, workbench, async () => {
      // Ctrl-C is handled only when the event loop runs.
      await setImmediate();
      signal.throwIfAborted();
    }),
  );
  noteInputWarnings(library.warnings, invocation);
  print(format.render(bounds, textOptions));
  return exitCode.ok;
}

function settingsOf({ args, options }: Invocation<Options>): BoundSettings {
  const { system = [defaultSettings.system], durationMs, warmupMs = defaultSettings.warmupMs } = options;
  return {
    scenarios: args,
    systems: [...new Set(system)],
    seeds: seedsOf(options, 1),
    durationMs,
    warmupMs,
    variation: variationOf({ ...defaultSettings, ...variationFromOptions(options) }),
  };
}
