/** Where one scheduler loses most to another, as a program asks for it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PointExecutor } from "../executors/point.ts";
import { show } from "../input/quote.ts";
import { RequestError } from "../input/request-error.ts";
import type { AdversaryReport } from "../records/adversary.ts";
import { Brought, type LoadOptions, type Source } from "../request/brought.ts";
import { checkRequest, checkWhole, checkWord } from "../request/checks.ts";
import { runOnce } from "../run/run-once.ts";
import { Workbench } from "../run/workbench.ts";
import { isBound } from "../studies/adversary/bound-side.ts";
import { type AdversaryPlan, planAdversary } from "../studies/adversary/plan.ts";
import { reportSearch } from "../studies/adversary/report-search.ts";
import { nothingText, search } from "../studies/adversary/search.ts";
import { openSearchFolder } from "../studies/adversary/search-folder.ts";
import {
  type AdversarySettings,
  adversaryDefaults,
  MOST_BUDGET,
  MOST_CHAINS,
  usualChains,
} from "../studies/adversary/settings.ts";
import { type ComparedEntry, schedulerEntry } from "./compared-entry.ts";
import { type ManyRuns, type Seeds, seedList, withExecutor } from "./many-runs.ts";
import { type OnMachine, openLibrary } from "./open-library.ts";

/** Everything but the two sides has a default: the command line's. */
export interface AdversaryRequest extends LoadOptions, ManyRuns, OnMachine {
  /** The scheduler whose loss is looked for. */
  readonly a: ComparedEntry;
  /** The scheduler that it loses to. */
  readonly b?: ComparedEntry;
  /** `proven`, in place of `b`: what no schedule can beat. */
  readonly bound?: "proven";
  /** Name of a metric with a better direction (uxCostGuarded). */
  readonly metric?: string;
  /** What a search may change: name of built-in ranges, path of a file, or a file in memory (everyday). */
  readonly within?: Source;
  /** Scenarios to try (1000). */
  readonly budget?: number;
  /** Independent searches that share the budget (8; fewer with a small budget). */
  readonly chains?: number;
  /** Share of the loss that the smallest scenario has to show, above 0, up to 1 (0.9). */
  readonly keep?: number;
  /** Of the runs of each scenario; the first is that of the search, too (3). */
  readonly seeds?: Seeds;
  /** Folder for scenario, system and story. Left out: a temporary one, which is removed in the end. */
  readonly out?: string;
  /** Whether to go on with the search that the folder has, or to refuse one (refuse). */
  readonly present?: "resume" | "refuse";
  /** Called with how many scenarios have been tried; the total grows once the search makes one smaller. */
  readonly scenariosTried?: (tried: number, total: number) => void;
}

const keys: readonly string[] = [
  ...["a", "b", "bound", "metric", "within", "budget", "chains", "keep", "seeds", "out", "present", "scenariosTried"],
  ...["files", "warn", "cwd", "jobs", "signal"],
];

/**
 * Looks for the scenario in which one scheduler loses most to another, like `rtmm adversary`. Without `out`, `files` of the
 * report is null. Throws InputError, RequestError or SchedulerError, and the reason of an aborted signal: the folder then has
 * what was tried.
 */
export async function adversary(request: AdversaryRequest): Promise<AdversaryReport> {
  checkRequest(request, keys);
  const brought = new Brought(request);
  const settings = settingsOf(request, brought);
  const library = openLibrary(request, brought);
  const workbench = new Workbench(library);
  const plan = await planAdversary(settings, workbench);
  const runs = (isBound(plan.b) ? 1 : 2) * settings.budget * settings.seeds.length;
  const isKept = request.out !== undefined;
  const folder = isKept ? library.absolute(request.out) : mkdtempSync(join(tmpdir(), "rtmm-adversary-"));
  try {
    const report = await withExecutor(request, { workbench, caller: brought, runs }, (executor, signal) =>
      searchInto(folder, { plan, request, brought, executor, signal }),
    );
    return isKept ? report : { ...report, files: null };
  } finally {
    if (!isKept) rmSync(folder, { recursive: true, force: true });
  }
}

interface Searching {
  readonly plan: AdversaryPlan;
  readonly request: AdversaryRequest;
  readonly brought: Brought;
  readonly executor: PointExecutor;
  readonly signal: AbortSignal;
}

async function searchInto(
  folder: string,
  { plan, request, brought, executor, signal }: Searching,
): Promise<AdversaryReport> {
  const { present = "refuse", scenariosTried: advanced = () => undefined } = request;
  const { journal, close } = openSearchFolder({ path: folder, shown: request.out ?? folder }, plan, present);
  try {
    const searched = await search(plan, { executor, journal, signal, advanced });
    journal.putInOrder();
    if (searched.best === undefined) throw new RequestError(nothingText(searched));
    // Files that were written just now are read anew.
    const workbench = new Workbench(openLibrary(request, brought));
    return await reportSearch(plan, searched, folder, { workbench, makeRun: runOnce });
  } finally {
    close();
  }
}

function settingsOf(request: AdversaryRequest, brought: Brought): AdversarySettings {
  const { metric = adversaryDefaults.metric, within = adversaryDefaults.within, present } = request;
  const { budget = adversaryDefaults.budget, keep = adversaryDefaults.keep, seeds = adversaryDefaults.seeds } = request;
  const { chains = usualChains(budget) } = request;
  checkWhole("budget", budget, 1, MOST_BUDGET);
  checkWhole("chains", chains, 1, MOST_CHAINS);
  if (typeof keep !== "number" || !(keep > 0 && keep <= 1))
    throw new RequestError(`keep must be a share above 0, up to 1, got ${show(keep)}`);
  checkWord("present", present, ["resume", "refuse"]);
  return {
    ...sidesOf(request, brought),
    params: [],
    paramsFiles: [],
    metric,
    within: brought.file(within, "within"),
    seeds: seedList(seeds),
    budget,
    chains,
    keep,
  };
}

function sidesOf({ a, b, bound }: AdversaryRequest, brought: Brought): Pick<AdversarySettings, "a" | "b"> {
  if (a === undefined) throw new RequestError('the request needs "a", the scheduler whose loss is looked for');
  if (bound !== undefined) checkWord("bound", bound, ["proven"]);
  if ((b === undefined) === (bound === undefined))
    throw new RequestError('the request needs either "b", the scheduler that wins, or bound: "proven"');
  return { a: schedulerEntry(a, brought), b: b && schedulerEntry(b, brought) };
}
