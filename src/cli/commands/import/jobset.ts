/** `rtmm import jobset`: job sets of np-schedulability-analysis. */
import { Option } from "commander";
import { readSources } from "../../../files/imports/read-sources.ts";
import { importJobSet, type TimeUnit } from "../../../import/index.ts";
import { declareImportOptions, type ImportCommandOptions } from "../../options/import-options.ts";
import { wholeNumber } from "../../options/run-options.ts";
import { importCommand } from "../../run-import.ts";

interface JobSetCommandOptions extends ImportCommandOptions {
  readonly unit: TimeUnit;
  readonly arrival: "earliest" | "latest";
  readonly processors?: number;
}

const MOST_PROCESSORS = 64;

export const command = importCommand<JobSetCommandOptions>({
  examples: [
    { command: "rtmm import jobset fig1a.csv -o mine", meaning: "convert jobs, their costs and a processor" },
    {
      command: "rtmm import jobset fig1a.csv fig1a.prec.csv --processors 2 --unit us -o mine",
      meaning: "with precedence, on two processors, in microseconds",
    },
  ],
  declare(declaration) {
    declareImportOptions(
      declaration.argument("<files...>", "the files of one set: jobs, precedence and abort actions (CSV), or YAML"),
    )
      .addOption(
        new Option("--unit <unit>", "of the times in the files").choices(["ns", "us", "ms", "s"]).default("ms"),
      )
      .addOption(
        new Option("--arrival <when>", "of jobs whose arrival is an interval")
          .choices(["earliest", "latest"])
          .default("earliest"),
      )
      .option("--processors <n>", "identical processors (default: 1)", wholeNumber(1, MOST_PROCESSORS));
  },
  convert: (invocation, { library, options, warn }) => {
    const { unit, arrival, processors = 1 } = invocation.options;
    return importJobSet(readSources(invocation.args, library, "csv"), { ...options, unit, arrival, processors }, warn);
  },
});
