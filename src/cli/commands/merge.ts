/** `rtmm merge`: merges the shards of a sweep into one. */
import { isAbsolute, resolve } from "node:path";
import type { Command } from "commander";
import { IncompleteError, merge } from "../../studies/sweep/merge/merge.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { declareReport, type ReportOptions, reportSettings, showSweep } from "../sweep-report.ts";

interface Options extends ReportOptions {
  readonly out: string;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm merge part-1 part-2 part-3 -o all", meaning: "merge three shards of rtmm sweep --shard i/3" },
    {
      command: "rtmm merge parts/* -o all --pareto energyMj,slaSatisfaction",
      meaning: "merge, and show the Pareto-optimal groups",
    },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const common = declaration
    .argument("<folders...>", "folders of all shards of a sweep")
    .requiredOption("-o, --out <folder>", "folder for the merged sweep");
  declareReport(common);
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { args, options, streams, note, showProgress } = invocation;
  const settings = reportSettings(options);
  const folderAt = (shown: string) => ({ path: isAbsolute(shown) ? shown : resolve(streams.cwd, shown), shown });
  const out = folderAt(options.out);
  const progress = showProgress({ total: undefined, unit: "points" });
  try {
    const manifest = merge(args.map(folderAt), out, progress.advance);
    progress.stop();
    return showSweep(out, manifest, settings, invocation);
  } catch (error) {
    if (!(error instanceof IncompleteError)) throw error;
    note(`error: ${error.message}; nothing was merged`);
    return exitCode.failed;
  }
}
