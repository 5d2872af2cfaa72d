/** `rtmm import arrivals`: traces of requests. */
import { InvalidArgumentError, Option } from "commander";
import { readSources } from "../../../files/imports/read-sources.ts";
import { type ArrivalsOptions, importArrivals } from "../../../import/index.ts";
import { LARGEST_SEED, LONGEST_MS } from "../../../run/settings.ts";
import { declareImportOptions, type ImportCommandOptions } from "../../options/import-options.ts";
import { notNegative, positive, wholeNumber } from "../../options/run-options.ts";
import { importCommand } from "../../run-import.ts";

type ArrivalsCommandOptions = ImportCommandOptions & Omit<ArrivalsOptions, "schemaFolder">;

const MOST_TASKS = 1000;

export const command = importCommand<ArrivalsCommandOptions>({
  examples: [
    {
      command: "rtmm import arrivals AzureLLMInferenceTrace_code.csv --to-ms 60000 -o mine",
      meaning: "convert a minute of requests; a job's work is its generated tokens",
    },
    {
      command: "rtmm import arrivals invocations_per_function_md.anon.d01.csv --top 5 --within uniform -o mine",
      meaning: "make times of counts a minute, for the five busiest functions",
    },
    {
      command: 'rtmm import arrivals log.csv --time Start --time-format s --task Model --scale "Reply tokens" -o mine',
      meaning: "map the columns of any CSV",
    },
    {
      command: "rtmm import arrivals cam0/data.csv imu0/data.csv --together flight -o mine",
      meaning: "release a task at the times of each sensor, on one clock",
    },
  ],
  declare(declaration) {
    declareImportOptions(declaration.argument("<files...>", "traces (CSV, JSON lines); each makes a scenario"))
      .option("--together <name>", "one scenario of all files, a task for each, on one clock")
      .option("--time <column>", "column of the times (default: told by the columns)")
      .addOption(new Option("--time-format <format>", "of the times").choices(["iso", "s", "ms", "us", "ns"]))
      .option("--before <column>", "subtract this from the time, as the duration of a request that is known by its end")
      .option("--task <column>", "column that parts the requests into tasks")
      .option("--scale <columns>", "work of a job: a column, or a sum such as a=0.01,b=1", worths)
      .option("--from-ms <ms>", "take requests from this time of the trace on", notNegative(LONGEST_MS))
      .option("--to-ms <ms>", "take requests before this time of the trace", positive(LONGEST_MS))
      .option("--top <n>", "of counts: only the functions with most invocations", wholeNumber(1, MOST_TASKS))
      .addOption(
        new Option("--within <how>", "of counts: where the invocations of a minute lie (default: even)").choices([
          "even",
          "uniform",
          "start",
        ]),
      )
      .option("--seed <n>", "of counts drawn uniformly (default: 1)", wholeNumber(0, LARGEST_SEED))
      .option("--deadline-ms <ms>", "deadline of all jobs (default: none)", positive(LONGEST_MS))
      .option("--model <model>", "model of all tasks (default: a measured one for each)");
  },
  convert: (invocation, { library, options, warn }) => {
    const { out: _out, force: _force, ...chosen } = invocation.options;
    return importArrivals(readSources(invocation.args, library, "csv"), { ...options, ...chosen }, warn);
  },
});

/** `GeneratedTokens`, or `ContextTokens=0.01,GeneratedTokens=1`. */
function worths(text: string): ReadonlyMap<string, number> {
  const pairs = text.split(",").map((part): readonly [string, number] => {
    const [, name = "", worth = "1"] = /^\s*([^=]*?)\s*(?:=\s*(.*?)\s*)?$/.exec(part) ?? [];
    if (name === "" || !(Number(worth) > 0))
      throw new InvalidArgumentError(`expected column=<number above 0>, got "${part}"`);
    return [name, Number(worth)];
  });
  return new Map(pairs);
}
