/** `rtmm reproduce`: runs a paper's comparison, or horizon's, and shows claims or targets beside our results. */
import type { Command } from "commander";
import type { Library } from "../../files/library.ts";
import { reproductionFormats } from "../../output/reproduce/index.ts";
import type { Reproduction } from "../../records/reproduction.ts";
import { LONGEST_MS } from "../../run/settings.ts";
import { Workbench } from "../../run/workbench.ts";
import { FIGURES_FOLDER, reproductionDrawer } from "../../studies/plot/reproduction-figures.ts";
import { type Bench, type Paper, type ReproduceSettings, reproduce } from "../../studies/reproduce/paper.ts";
import { EVERY_PAPER, papers, papersNamed } from "../../studies/reproduce/papers.ts";
import { RESULTS_FOLDER, type ResultFiles, resultFiles } from "../../studies/reproduce/results-folder.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { declareJobs, type JobsOption } from "../options/jobs-option.ts";
import { declareSeeds, positive, type SeedOptions, seedsOf } from "../options/run-options.ts";
import { type WorkAhead, withExecutor } from "../with-executor.ts";

interface Options extends SeedOptions, JobsOption {
  readonly quick?: true;
  readonly durationMs?: number;
  readonly out?: string;
  readonly format?: string;
  /** true: the usual folder. */
  readonly figures?: string | true;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm reproduce all", meaning: `run everything; writes ${RESULTS_FOLDER}/<paper>.json and .md` },
    { command: "rtmm reproduce horizon -j 2", meaning: "rtmm's own policy against all others; minutes" },
    { command: "rtmm reproduce prema --seeds 100 -o mine/", meaning: "use more seeds and another results folder" },
    { command: "rtmm reproduce dream --figures", meaning: `draw its figures, too, into ${FIGURES_FOLDER}/` },
    { command: "rtmm reproduce dream --quick", meaning: "run a small part as a smoke test; writes nothing" },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const usual = papers.map(({ name, seeds }) => `${name} ${seeds}`).join(", ");
  const common = declaration
    .argument("<papers...>", [...papers.map(({ name }) => name), EVERY_PAPER].join(", "))
    .option("--quick", "one seed, fewer systems, shorter runs")
    .option("--duration-ms <ms>", "release jobs this long, if the paper's workload repeats", positive(LONGEST_MS))
    .option("-o, --out <folder>", `results folder (default: ${RESULTS_FOLDER}; none with changed settings)`)
    .option("--figures [folder]", `draw the paper's figures as SVG (default folder: ${FIGURES_FOLDER})`);
  declareFormat(declareJobs(declareSeeds(common, usual)), reproductionFormats);
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { args, options, textOptions } = invocation;
  const format = formatNamed(options.format ?? "table", reproductionFormats);
  const library = openLibrary(invocation);
  const chosen = papersNamed(args).map((paper) => ({ paper, settings: settingsOf(paper, options) }));
  const files = filesOf(chosen, options, library);
  const figures = options.figures === undefined ? undefined : await figuresFolder(options.figures, library);
  const done: Reproduction[] = [];
  try {
    await reproduceAll(chosen, files, done, new Workbench(library), invocation);
    for (const reproduction of done)
      for (const path of figures?.(reproduction) ?? []) invocation.note(`wrote ${library.shown(path)}`);
    noteInputWarnings(library.warnings, invocation);
  } finally {
    for (const file of files.toReversed()) file?.abandon();
    if (done.length > 0) invocation.print(format.render(done, textOptions));
  }
  return exitCode.ok;
}

interface Chosen {
  readonly paper: Paper;
  readonly settings: ReproduceSettings;
}

/** Adds each reproduction to `done` as soon as it finishes. */
async function reproduceAll(
  chosen: readonly Chosen[],
  files: readonly (ResultFiles | undefined)[],
  done: Reproduction[],
  workbench: Workbench<Library>,
  invocation: Invocation<Options>,
): Promise<void> {
  const total = chosen.reduce((sum, { paper, settings }) => sum + paper.comparisons(settings, workbench.files), 0);
  const ahead: WorkAhead = {
    workbench,
    runs: undefined,
    counted: { total, unit: "comparisons" },
    userPolicies: "in this thread",
  };
  await withExecutor(invocation, ahead, async ({ executor, atOnce, signal, progress }) => {
    // More comparisons than threads, so that no thread idles while a comparison is planned or a search picks a factor.
    const comparisonsAtOnce = atOnce === 1 ? 1 : 2 * atOnce;
    const bench: Bench = { workbench, executor, signal, comparisonsAtOnce, ended: progress.ended };
    for (const [index, { paper, settings }] of chosen.entries()) {
      if (chosen.length > 1) invocation.note(`${paper.name}, ${index + 1} of ${chosen.length}`);
      const reproduction = await reproduce(paper, settings, bench);
      done.push(reproduction);
      for (const path of files[index]?.write(reproduction) ?? [])
        invocation.note(`wrote ${workbench.files.shown(path)}`);
    }
  });
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

/** Made before anything runs. */
const figuresFolder = (given: string | true, library: Library) =>
  reproductionDrawer(library.absolute(given === true ? FIGURES_FOLDER : given));

/** One entry per paper; undefined if its results must not go to the results folder. */
function filesOf(chosen: readonly Chosen[], options: Options, library: Library): readonly (ResultFiles | undefined)[] {
  const isUsual = options.quick === undefined && !isCustom(options);
  const folder = options.out ?? (isUsual ? RESULTS_FOLDER : undefined);
  return chosen.map(({ paper }) => (folder === undefined ? undefined : resultFiles(library.absolute(folder), paper)));
}
