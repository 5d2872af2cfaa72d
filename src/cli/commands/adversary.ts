/** `rtmm adversary`: looks for the scenario in which one scheduler loses most to another. */
import { join } from "node:path";
import type { Command } from "commander";
import type { Library } from "../../files/library.ts";
import { writeTextFiles } from "../../files/text-files.ts";
import { RequestError } from "../../input/request-error.ts";
import { adversaryFormats } from "../../output/adversary/index.ts";
import { matrixFormats } from "../../output/adversary/matrix.ts";
import { jsonText } from "../../output/words.ts";
import type { AdversaryMatrix } from "../../records/adversary.ts";
import { type MakeRun, runOnce } from "../../run/run-once.ts";
import { Workbench } from "../../run/workbench.ts";
import type { CloserOptions } from "../../studies/adversary/look-closer.ts";
import { matrixSvg, writeMapPage } from "../../studies/adversary/map-files.ts";
import { pairsOf, searchMatrix } from "../../studies/adversary/matrix.ts";
import { type AdversaryPlan, type MatrixPlan, planAdversary, planMatrix } from "../../studies/adversary/plan.ts";
import { reportSearch, slug } from "../../studies/adversary/report-search.ts";
import { nothingText, type Searched, search } from "../../studies/adversary/search.ts";
import { openSearchFolder, type SearchFolder } from "../../studies/adversary/search-folder.ts";
import { type AdversarySettings, adversaryDefaults, type SearchSettings } from "../../studies/adversary/settings.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { declareJobs, type JobsOption } from "../options/jobs-option.ts";
import { declareSeeds, listed, positive, type SeedOptions, seedsOf, wholeNumber } from "../options/run-options.ts";
import { declareParams } from "../options/scheduler-options.ts";
import { shownRuns } from "../shown-runs.ts";
import { type WorkAhead, withExecutor } from "../with-executor.ts";

interface Options extends SeedOptions, JobsOption {
  readonly a?: string;
  readonly b?: string;
  readonly all?: true;
  readonly schedulers?: readonly string[];
  readonly page?: string;
  readonly param?: readonly string[];
  readonly params?: readonly string[];
  readonly metric: string;
  readonly within: string;
  readonly budget: number;
  readonly chains: number;
  readonly keep: number;
  readonly out?: string;
  readonly resume?: true;
  readonly format?: string;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm adversary --a dream --b edf", meaning: "where does dream lose most to edf?" },
    {
      command: "rtmm adversary --a edf --b llf --metric deadlineViolationRate --within my-ranges.yaml",
      meaning: "by another metric, within ranges of your own",
    },
    { command: "rtmm adversary --a dream --b edf --budget 5000 --resume", meaning: "search on, with a larger budget" },
    {
      command: "rtmm adversary --all --schedulers fcfs,edf,dream --budget 200 --page map.md",
      meaning: "every pair, with a page of where each loses",
    },
  ],
  declare,
  run,
};

const MOST_BUDGET = 10_000_000;
const MOST_CHAINS = 1000;

function declare(declaration: Command): void {
  const { metric, within, seeds, budget, chains, keep } = adversaryDefaults;
  const sides = declaration
    .option("--a <name|file>", "scheduler whose loss is looked for")
    .option("--b <name|file>", "scheduler that it loses to")
    .option("--all", "search every pair of schedulers")
    .option("--schedulers <name|file,…>", "with --all: these (default: the built-in schedulers)", listed)
    .option("--page <file.md>", "with --all: write a page of where each scheduler loses, with pictures beside it");
  const common = declareParams(sides)
    .option("--metric <name>", "metric in which it loses", metric)
    .option("--within <name|file>", "ranges to search in", within)
    .option("--budget <n>", "scenarios to try", wholeNumber(1, MOST_BUDGET), budget)
    .option("--chains <n>", "independent searches that share the budget", wholeNumber(1, MOST_CHAINS), chains)
    .option("--keep <share>", "share of the loss that the smallest scenario has to show", positive(1), keep)
    .option("-o, --out <folder>", "folder for what is found (default: results/adversary/<a>-vs-<b>, or all)")
    .option("--resume", "continue the folder's search");
  declareFormat(declareJobs(declareSeeds(common, seeds)), adversaryFormats);
}

/** Where a search keeps what it knows. */
interface Place {
  /** Absolute. */
  readonly path: string;
  /** As the user is shown it. */
  readonly shown: string;
}

function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { all, a, b, schedulers, page } = invocation.options;
  if (all === undefined) {
    const stray = schedulers !== undefined ? "--schedulers" : page !== undefined ? "--page" : undefined;
    if (stray !== undefined) throw new RequestError(`${stray} is for --all`);
    return runPair(invocation);
  }
  if (a !== undefined || b !== undefined)
    throw new RequestError("--all searches every pair; leave out --a and --b, or choose with --schedulers");
  return runAll(invocation);
}

async function runPair(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options, textOptions } = invocation;
  const format = formatNamed(options.format ?? "table", adversaryFormats);
  const library = openLibrary(invocation);
  const workbench = new Workbench(library);
  const plan = await planAdversary(settingsOf(options), workbench);
  noteInputWarnings(library.warnings, invocation);
  const place = placeOf(plan, options, library);
  const present = options.resume === true ? "resume" : "refuse";
  const folder = openSearchFolder(place.path, plan, { present, shown: place.shown });
  try {
    const searched = await searchShown({ plan, folder, place, workbench }, invocation);
    folder.journal.putInOrder();
    if (searched.best === undefined) throw new RequestError(nothingText(searched));
    const progress = invocation.showProgress({ total: undefined, unit: "runs" });
    // Files that were written just now are read anew.
    const fresh = new Workbench(openLibrary(invocation));
    const makeRun = shownRuns(invocation, progress);
    const report = await reportSearch(plan, searched, place.path, { workbench: fresh, makeRun });
    progress.stop();
    invocation.print(format.render(report, textOptions));
    invocation.note(`wrote ${place.shown}`);
    return exitCode.ok;
  } finally {
    folder.close();
  }
}

function settingsOf(options: Options): AdversarySettings {
  const { a, b } = options;
  if (a === undefined || b === undefined)
    throw new RequestError(`name both schedulers: --a loses and --b wins; --${a === undefined ? "a" : "b"} is missing`);
  return { ...searchSettings(options), a, b };
}

function searchSettings(options: Options): SearchSettings {
  const { param = [], params = [], metric, within, budget, chains, keep } = options;
  const seeds = seedsOf(options, adversaryDefaults.seeds);
  return { params: param, paramsFiles: params, metric, within, seeds, budget, chains, keep };
}

function placeOf({ a, b }: AdversaryPlan, { out }: Options, library: Library): Place {
  const shown = out ?? join("results", "adversary", `${slug(a.label)}-vs-${slug(b.label)}`);
  return { shown, path: library.absolute(shown) };
}

interface Work {
  readonly plan: AdversaryPlan;
  readonly folder: SearchFolder;
  readonly place: Place;
  readonly workbench: Workbench<Library>;
}

function searchShown({ plan, folder, place, workbench }: Work, invocation: Invocation<Options>): Promise<Searched> {
  const { budget, seeds } = plan.settings;
  const ahead: WorkAhead = {
    workbench,
    runs: 2 * budget * seeds.length,
    counted: { total: budget, unit: "scenarios" },
    userPolicies: "in threads",
  };
  let done = 0;
  return withExecutor(invocation, ahead, async ({ executor, signal, progress }) => {
    const advanced = (tried: number, total: number): void => {
      done = tried;
      progress.advance(tried, total);
    };
    try {
      return await search(plan, { executor, journal: folder.journal, signal, advanced });
    } catch (error) {
      if (signal.aborted) invocation.note(`${done} scenarios are saved in ${place.shown}; continue with --resume`);
      throw error;
    }
  });
}

async function runAll(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options, textOptions, note } = invocation;
  const format = formatNamed(options.format ?? "table", matrixFormats);
  if (options.page !== undefined && !options.page.endsWith(".md"))
    throw new RequestError(`--page writes Markdown: ${options.page} must end in .md`);
  const library = openLibrary(invocation);
  const workbench = new Workbench(library);
  const plan = await planMatrix(searchSettings(options), options.schedulers, workbench);
  if (plan.sides.length < 2) throw new RequestError("--all needs at least two schedulers");
  noteInputWarnings(library.warnings, invocation);
  const shown = options.out ?? join("results", "adversary", "all");
  const place: Place = { shown, path: library.absolute(shown) };
  const present = options.resume === true ? "resume" : "refuse";
  const folder = openSearchFolder(place.path, plan, { present, shown });
  try {
    const matrix = await searchAll({ plan, folder, place, workbench }, invocation);
    folder.journal.putInOrder();
    writeTextFiles(place.path, {
      "matrix.json": jsonText(matrix),
      "matrix.md": matrixFormats.find(({ name }) => name === "markdown")!.render(matrix, { color: "never" }),
      "matrix.svg": await matrixSvg(matrix),
    });
    invocation.print(format.render(matrix, textOptions));
    note(`wrote ${shown}`);
    if (options.page !== undefined) await writePage(matrix, plan, options.page, { place, invocation });
    return exitCode.ok;
  } finally {
    folder.close();
  }
}

interface MatrixWork extends Omit<Work, "plan"> {
  readonly plan: MatrixPlan;
}

function searchAll({ plan, folder, place, workbench }: MatrixWork, invocation: Invocation<Options>) {
  const { budget, seeds } = plan.settings;
  const pairs = pairsOf(plan.sides).length;
  const ahead: WorkAhead = {
    workbench,
    runs: 2 * pairs * budget * seeds.length,
    counted: { total: pairs, unit: "pairs" },
    userPolicies: "in threads",
  };
  return withExecutor(invocation, ahead, async ({ executor, signal, progress }) => {
    try {
      return await searchMatrix(plan, {
        ...{ executor, signal, journal: folder.journal, folder: place.path },
        closer: () => closerOf(invocation),
        begins: (a, b) => progress.about(`${a}, ${b}`),
        ended: () => progress.ended(),
      });
    } catch (error) {
      if (signal.aborted)
        invocation.note(`${progress.done} of ${pairs} pairs are saved in ${place.shown}; continue with --resume`);
      throw error;
    }
  });
}

/** Files that were written just now are read anew. */
function closerOf(invocation: Invocation<Options>): CloserOptions {
  const makeRun: MakeRun = (setup, options) =>
    invocation.interruptibly((pulse) => runOnce(setup, { ...options, pulse }), setup);
  return { workbench: new Workbench(openLibrary(invocation)), makeRun };
}

interface PageParts {
  readonly place: Place;
  readonly invocation: Invocation<Options>;
}

async function writePage(
  matrix: AdversaryMatrix,
  { sides }: MatrixPlan,
  page: string,
  { place, invocation }: PageParts,
): Promise<void> {
  const options = closerOf(invocation);
  const words = invocation.argv.filter((word) => word !== "--resume");
  const source = {
    command: ["rtmm", ...words].join(" "),
    folderOf: ({ a, b }: NonNullable<AdversaryMatrix["worst"][number]>) =>
      `${place.shown}/${slug(a.label)}-vs-${slug(b.label)}`,
  };
  await writeMapPage({ matrix, sides, page: options.workbench.files.absolute(page), source }, options);
  invocation.note(`wrote ${page}`);
}
