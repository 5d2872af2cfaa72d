/** `rtmm run`: simulates scenarios and prints their metrics. */
import type { Command } from "commander";
import { readConfig } from "../../experiment/config-file.ts";
import { Library } from "../../experiment/library.ts";
import { effectiveSettings, outputPathsOf, prepareAll, requestsOf } from "../../experiment/plan.ts";
import { RequestError } from "../../experiment/request-error.ts";
import { type RanAll, runAll } from "../../experiment/run-all.ts";
import { openAllOutputs } from "../../experiment/run-outputs.ts";
import { mergedSettings, type Settings } from "../../experiment/settings.ts";
import { Workbench } from "../../experiment/workbench.ts";
import { nameHint } from "../../input/closest.ts";
import { configJson, configYaml } from "../../output/config-text.ts";
import type { ResultFormat } from "../../output/format.ts";
import { formats } from "../../output/index.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings, noteResults } from "../notes.ts";
import { declareRunOptions, type RunOptions, settingsFromOptions } from "../run-options.ts";

interface Options extends RunOptions {
  readonly format?: string;
  readonly out?: string;
  readonly jobs?: string;
  readonly audit?: true;
  readonly config?: string;
  readonly printConfig?: true;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm run vr-gaming", meaning: "the default scheduler on the default system" },
    { command: "rtmm run xrbench -S fda-1-ws-4k -s fcfs", meaning: "a suite: a row a scenario and the overall score" },
    { command: "rtmm run my.yaml -S soc.yaml -s ./mine.js -o out", meaning: "own files; result.json and jobs.csv" },
    { command: "rtmm run ar-gaming -s edf -p granularity=model --seed 7 -f json", meaning: "parameters, seed, JSON" },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  declareRunOptions(declaration.argument("[scenarios...]", "names or files of scenarios and suites"))
    .option("-f, --format <name>", `output: ${formats.map(({ name }) => name).join(", ")} (default: table)`)
    .option("-o, --out <folder>", "write result.json and jobs.csv there")
    .option("--jobs <file.csv>", "write a row per released job")
    .option("--audit", "replay the run against the rules of the simulation")
    .option("--config <file>", "take settings from a file; options win")
    .option("--print-config", "print all settings in effect as a file for --config, and run nothing");
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options, streams } = invocation;
  const library = new Library(streams.cwd);
  const settings = settingsOf(invocation, library);
  const format = formatNamed(settings.format);
  const requests = requestsOf(settings, library);
  const setups = await prepareAll(requests, new Workbench(library));
  noteInputWarnings(library.warnings, invocation);
  if (options.printConfig === true) {
    const fields = effectiveSettings(settings, requests, setups, library);
    invocation.print(format.name === "json" ? configJson(fields) : configYaml(fields));
    return exitCode.ok;
  }
  const outputs = openAllOutputs(outputPathsOf(settings, setups, library), setups);
  const audit = settings.audit ? "on" : "off";
  const ran = runAll(setups, outputs, { audit, around: streams.interruptibly });
  return show(ran, format, invocation);
}

function settingsOf({ args, options }: Invocation<Options>, library: Library): Settings {
  const { format, out, jobs, audit, config } = options;
  const fromFile = config === undefined ? {} : readConfig(library.fileAt(config), library);
  const own = Object.entries({ format, out, jobs, audit }).filter(([, value]) => value !== undefined);
  return mergedSettings(fromFile, settingsFromOptions(args, options), Object.fromEntries(own));
}

function formatNamed(name: string): ResultFormat {
  const found = formats.find((format) => format.name === name);
  if (found !== undefined) return found;
  const names = formats.map((format) => format.name);
  throw new RequestError(`unknown format "${name}"${nameHint(name, names)}`);
}

/** Shows what was finished, also where a later run failed or was interrupted. */
function show({ results, findings, written, failure }: RanAll, format: ResultFormat, invocation: Invocation): ExitCode {
  if (results.length > 0) invocation.print(format.render(results, { color: invocation.color }));
  noteResults(results, invocation);
  for (const path of written) invocation.note(`wrote ${path}`);
  for (const finding of findings) invocation.note(`audit: ${finding}`);
  if (failure !== undefined) throw failure.error;
  return findings.length === 0 ? exitCode.ok : exitCode.failed;
}
