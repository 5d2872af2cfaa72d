/** `rtmm adversary`: looks for the scenario in which one scheduler loses most to another. */
import { join } from "node:path";
import type { Command } from "commander";
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import { adversaryFormats } from "../../output/adversary/index.ts";
import { Workbench } from "../../run/workbench.ts";
import { type AdversaryPlan, planAdversary } from "../../studies/adversary/plan.ts";
import { reportSearch, slug } from "../../studies/adversary/report-search.ts";
import { type Searched, search } from "../../studies/adversary/search.ts";
import { openSearchFolder, type SearchFolder } from "../../studies/adversary/search-folder.ts";
import { type AdversarySettings, adversaryDefaults } from "../../studies/adversary/settings.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { declareJobs, type JobsOption } from "../options/jobs-option.ts";
import { declareSeeds, positive, type SeedOptions, seedsOf, wholeNumber } from "../options/run-options.ts";
import { declareParams } from "../options/scheduler-options.ts";
import { shownRuns } from "../shown-runs.ts";
import { type WorkAhead, withExecutor } from "../with-executor.ts";

interface Options extends SeedOptions, JobsOption {
  readonly a?: string;
  readonly b?: string;
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
    .option("--b <name|file>", "scheduler that it loses to");
  const common = declareParams(sides)
    .option("--metric <name>", "metric in which it loses", metric)
    .option("--within <name|file>", "ranges to search in", within)
    .option("--budget <n>", "scenarios to try", wholeNumber(1, MOST_BUDGET), budget)
    .option("--chains <n>", "independent searches that share the budget", wholeNumber(1, MOST_CHAINS), chains)
    .option("--keep <share>", "share of the loss that the smallest scenario has to show", positive(1), keep)
    .option("-o, --out <folder>", "folder for what is found (default: results/adversary/<a>-vs-<b>)")
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

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
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
  const { a, b, param = [], params = [], metric, within, budget, chains, keep } = options;
  if (a === undefined || b === undefined)
    throw new RequestError(`name both schedulers: --a loses and --b wins; --${a === undefined ? "a" : "b"} is missing`);
  const seeds = seedsOf(options, adversaryDefaults.seeds);
  return { a, b, params: param, paramsFiles: params, metric, within, seeds, budget, chains, keep };
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
