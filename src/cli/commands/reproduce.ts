/** `rtmm reproduce`: a paper's comparison, what it claims beside what comes out here. */
import type { Command } from "commander";
import { Library } from "../../files/library.ts";
import { reproductionFormats } from "../../output/reproduce/index.ts";
import type { Reproduction } from "../../records/reproduction.ts";
import { LONGEST_MS } from "../../run/settings.ts";
import { Workbench } from "../../run/workbench.ts";
import type { Paper, ReproduceSettings } from "../../studies/reproduce/paper.ts";
import { EVERY_PAPER, papers, papersNamed } from "../../studies/reproduce/papers.ts";
import { RESULTS_FOLDER, type ResultFiles, resultFiles } from "../../studies/reproduce/results-folder.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { declareSeeds, positive, type SeedOptions, seedsOf } from "../options/run-options.ts";

interface Options extends SeedOptions {
  readonly quick?: true;
  readonly durationMs?: number;
  readonly out?: string;
  readonly format?: string;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm reproduce all", meaning: `every paper; writes ${RESULTS_FOLDER}/<paper>.json and .md` },
    { command: "rtmm reproduce prema --seeds 100 -o mine/", meaning: "more seeds than the paper, kept elsewhere" },
    { command: "rtmm reproduce dream --quick", meaning: "less of everything, to see that it works; writes nothing" },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const usual = papers.map(({ name, seeds }) => `${name} ${seeds}`).join(", ");
  const common = declaration
    .argument("<papers...>", [...papers.map(({ name }) => name), EVERY_PAPER].join(", "))
    .option("--quick", "one seed, fewer systems, shorter runs")
    .option("--duration-ms <ms>", "release jobs this long, where a paper's workload repeats", positive(LONGEST_MS))
    .option("-o, --out <folder>", `where results are kept (default: ${RESULTS_FOLDER}; with other settings, nowhere)`);
  declareFormat(declareSeeds(common, usual), reproductionFormats);
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { args, options, streams, color, note } = invocation;
  const format = formatNamed(options.format ?? "table", reproductionFormats);
  const chosen = papersNamed(args);
  const library = new Library(streams.cwd);
  const workbench = new Workbench(library);
  const files = filesOf(chosen, options, library);
  const done: Reproduction[] = [];
  try {
    for (const [index, paper] of chosen.entries()) {
      if (chosen.length > 1) note(`${paper.name}, ${index + 1} of ${chosen.length}`);
      const settings = settingsOf(paper, options);
      done.push(await paper.reproduce(settings, { workbench, around: streams.interruptibly }));
      for (const path of files[index]?.write(done.at(-1)!) ?? []) note(`wrote ${library.shown(path)}`);
    }
    noteInputWarnings(library.warnings, invocation);
  } finally {
    for (const file of files) file?.abandon();
    if (done.length > 0) invocation.print(format.render(done, { color }));
  }
  return exitCode.ok;
}

function settingsOf({ seeds, hasDuration }: Paper, options: Options): ReproduceSettings {
  const { quick, durationMs } = options;
  return {
    extent: quick ? "quick" : isCustom(options) ? "custom" : "full",
    seeds: seedsOf(options, quick ? 1 : seeds),
    durationMs: hasDuration ? durationMs : undefined,
  };
}

const isCustom = ({ seeds, seed, durationMs }: Options): boolean =>
  seeds !== undefined || seed !== undefined || durationMs !== undefined;

/** One a paper; undefined: what comes out is not what the results folder is for. */
function filesOf(chosen: readonly Paper[], options: Options, library: Library): readonly (ResultFiles | undefined)[] {
  const isUsual = options.quick === undefined && !isCustom(options);
  const folder = options.out ?? (isUsual ? RESULTS_FOLDER : undefined);
  return chosen.map((paper) => (folder === undefined ? undefined : resultFiles(library.absolute(folder), paper)));
}
