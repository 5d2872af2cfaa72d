/** `rtmm adversary`: looks for the scenario in which one scheduler loses most to another. */

import { join } from "node:path";
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import { adversaryFormats } from "../../output/adversary/index.ts";
import { Workbench } from "../../run/workbench.ts";
import { isBound } from "../../studies/adversary/bound-side.ts";
import { type AdversaryPlan, planAdversary } from "../../studies/adversary/plan.ts";
import { pairName, reportSearch } from "../../studies/adversary/report-search.ts";
import { nothingText, type Searched, search } from "../../studies/adversary/search.ts";
import { openSearchFolder, type SearchFolder } from "../../studies/adversary/search-folder.ts";
import type { AdversarySettings } from "../../studies/adversary/settings.ts";
import type { ShownFolder } from "../../studies/folder/shown-folder.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings, noteUnreadable } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { type AdversaryOptions, declareAdversary, searchSettings } from "../options/adversary-options.ts";
import { formatNamed } from "../options/format-option.ts";
import { searchAllPairs } from "../search-all-pairs.ts";
import { shownRuns } from "../shown-runs.ts";
import { type WorkAhead, withExecutor } from "../with-executor.ts";

export const command: CommandDefinition<AdversaryOptions> = {
  examples: [
    { command: "rtmm adversary --a dream --b edf", meaning: "where does dream lose most to edf?" },
    {
      command: "rtmm adversary --a edf --b llf --metric deadlineViolationRate --within my-ranges.yaml",
      meaning: "by another metric, within ranges of your own",
    },
    { command: "rtmm adversary --a dream --bound", meaning: "where is dream farthest from what is possible?" },
    { command: "rtmm adversary --a dream --b edf --budget 5000 --resume", meaning: "search on, with a larger budget" },
    {
      command: "rtmm adversary --all --schedulers fcfs,edf,dream --budget 200 --page map.md",
      meaning: "every pair, with a page of where each loses",
    },
    {
      command: "rtmm adversary --all --bound --resume",
      meaning: "beside the pairs, how far each is from what is possible",
    },
  ],
  declare: declareAdversary,
  run,
};

function run(invocation: Invocation<AdversaryOptions>): Promise<ExitCode> {
  const { all, a, b, schedulers, page } = invocation.options;
  if (all === undefined) {
    const stray = schedulers !== undefined ? "--schedulers" : page !== undefined ? "--page" : undefined;
    if (stray !== undefined) throw new RequestError(`${stray} is for --all`);
    return runPair(invocation);
  }
  if (a !== undefined || b !== undefined)
    throw new RequestError("--all searches every pair; leave out --a and --b, or choose with --schedulers");
  return searchAllPairs(invocation);
}

async function runPair(invocation: Invocation<AdversaryOptions>): Promise<ExitCode> {
  const { options, textOptions } = invocation;
  const format = formatNamed(options.format ?? "table", adversaryFormats);
  const library = openLibrary(invocation);
  const workbench = new Workbench(library);
  const plan = await planAdversary(settingsOf(options), workbench);
  noteInputWarnings(library.warnings, invocation);
  const place = placeOf(plan, options, library);
  const present = options.resume === true ? "resume" : "refuse";
  const folder = openSearchFolder(place, plan, present);
  noteUnreadable(folder, place.shown, invocation);
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

function settingsOf(options: AdversaryOptions): AdversarySettings {
  const { a, b, bound } = options;
  if (bound === true && b !== undefined)
    throw new RequestError("--bound takes the place of --b: it is what A is compared with; leave one of them out");
  if (a !== undefined && bound === true) return { ...searchSettings(options), a, b: undefined };
  if (a === undefined || b === undefined)
    throw new RequestError(
      `--${a === undefined ? "a" : "b"} is missing: --a loses and --b wins; --bound in place of --b compares with what is possible`,
    );
  return { ...searchSettings(options), a, b };
}

function placeOf({ a, b }: AdversaryPlan, { out }: AdversaryOptions, library: Library): ShownFolder {
  const shown = out ?? join("results", "adversary", pairName(a, b));
  return { shown, path: library.absolute(shown) };
}

interface Work {
  readonly plan: AdversaryPlan;
  readonly folder: SearchFolder;
  readonly place: ShownFolder;
  readonly workbench: Workbench<Library>;
}

function searchShown(
  { plan, folder, place, workbench }: Work,
  invocation: Invocation<AdversaryOptions>,
): Promise<Searched> {
  const { budget, seeds } = plan.settings;
  const ahead: WorkAhead = {
    workbench,
    runs: (isBound(plan.b) ? 1 : 2) * budget * seeds.length,
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
