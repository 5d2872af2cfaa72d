/** Writes what a search found, runs the files once more, and reports. */
import { join } from "node:path";
import type { Library } from "../../files/library.ts";
import { writeTextFiles } from "../../files/text-files.ts";
import { storyText } from "../../output/adversary/story.ts";
import { jsonText } from "../../output/json.ts";
import type { AdversaryReport, FoundCase, Loss } from "../../records/adversary.ts";
import { distinctInputs } from "../../records/distinct-inputs.ts";
import type { RunResult } from "../../records/run-result.ts";
import { rtmmVersion } from "../../records/version.ts";
import { prepare } from "../../run/prepare.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { Found } from "./anneal.ts";
import { boundValues, isBound } from "./bound-side.ts";
import { type CaseTexts, caseTexts } from "./case-files.ts";
import { caseNames } from "./folder-names.ts";
import { type CloserOptions, lookCloser, requestFor } from "./look-closer.ts";
import { lossOf } from "./loss.ts";
import type { AdversaryPlan, PlannedSide } from "./plan.ts";
import type { Searched } from "./search.ts";
import { taskIds, writtenScenario } from "./written.ts";

/** `folder`: absolute. */
export async function reportSearch(
  plan: AdversaryPlan,
  searched: Searched,
  folder: string,
  options: CloserOptions,
): Promise<AdversaryReport> {
  const { best, smallest } = searched;
  const library = options.workbench.files;
  const facts = factsOf(plan, searched);
  if (best === undefined || smallest === undefined)
    return finished({ ...facts, smallest: null, comparison: null, files: null }, folder);
  const texts = writeCases(plan, best, smallest, folder, library);
  const shown = (name: string): string => library.shown(join(folder, name));
  const scenario = shown(caseNames.scenario);
  const system = texts.system === undefined ? smallest.genome.system.path : shown(caseNames.system);
  await refuseOtherLoss(plan, smallest.loss, { scenario, system }, options);
  const setting = { scenario, system, a: plan.a, b: plan.b, seed: smallest.worstSeed };
  const { facts: comparison, story } = await lookCloser(setting, options);
  const systemName = texts.system === undefined ? shownSystem(smallest, library) : system;
  const files = { scenario, system: systemName, story: shown(caseNames.story) };
  const report: AdversaryReport = { ...facts, smallest: caseOf(smallest), comparison, files };
  writeTextFiles(folder, { [caseNames.story]: storyText(report, story) });
  return finished(report, folder);
}

function finished(report: AdversaryReport, folder: string): AdversaryReport {
  writeTextFiles(folder, { [caseNames.result]: jsonText(report) });
  return report;
}

function factsOf({ a, b, metric, settings, ranges, inputs }: AdversaryPlan, searched: Searched) {
  const { name, title, unit, better } = metric;
  const { seeds, budget, chains, keep } = settings;
  const refused = [...searched.refusals]
    .map(([reason, times]) => ({ reason, times }))
    .sort((x, y) => y.times - x.times || (x.reason < y.reason ? -1 : 1));
  return {
    schemaVersion: 1,
    rtmmVersion,
    a: a.labelled,
    b: b.labelled,
    metric: { name, title, unit, better },
    search: {
      ranges: ranges.name,
      seed: seeds[0]!,
      seeds,
      budget,
      chains,
      keep,
      tried: searched.tried,
      triedToShrink: searched.triedToShrink,
      refused,
    },
    found: searched.best === undefined ? null : caseOf(searched.best),
    inputs: distinctInputs(inputs),
  } as const;
}

function caseOf({ genome, loss }: Found): FoundCase {
  const words = { name: "found", title: "", source: "", modelOf: ({ modelName }: { modelName: string }) => modelName };
  const { tasks, durationMs } = writtenScenario(genome, words);
  const { name, accelerators } = genome.system;
  return { loss, durationMs, tasks, system: name, accelerators: accelerators?.map(placeText) ?? null };
}

/** What a search may change of an accelerator. */
const placeText = ({ id, dataflow, pes }: Readonly<Record<string, unknown>>): string =>
  `${id} (${[dataflow, pes === undefined ? undefined : `${pes} PEs`].filter((each) => each !== undefined).join(", ")})`;

function writeCases(plan: AdversaryPlan, found: Found, smallest: Found, folder: string, library: Library): CaseTexts {
  const name = pairName(plan.a, plan.b);
  const [against, lost] = isBound(plan.b)
    ? ["--bound", "is far from possible"]
    : [`--b ${plan.b.label}`, `loses to ${plan.b.label}`];
  const source = `rtmm adversary --a ${plan.a.label} ${against}, within ${plan.ranges.name}`;
  const title = (each: Found): string => `${plan.a.label} ${lost}: ${taskIds(each.genome.tasks).join(", ")}`;
  const texts = (each: Found, suffix: string): CaseTexts =>
    caseTexts(each.genome, { name: name + suffix, title: title(each), source, folder }, library);
  const whole = texts(found, "-found");
  const small = texts(smallest, "");
  writeTextFiles(folder, {
    [caseNames.scenario]: small.scenario,
    ...(small.system !== undefined && { [caseNames.system]: small.system }),
    [caseNames.foundScenario]: whole.scenario,
    ...(whole.system !== undefined && { [caseNames.foundSystem]: whole.system }),
  });
  return small;
}

/** Of the folder and the scenario of a pair. */
export const pairName = (a: { readonly label: string }, b: { readonly label: string }): string =>
  `${slug(a.label)}-vs-${slug(b.label)}`;

/** As a name of a file or scenario: `dream:alpha=1` has characters that names do not have. */
export const slug = (label: string): string => label.replaceAll(/[^\w.-]+/g, "-").replaceAll(/^-+|-+$/g, "");

const shownSystem = ({ genome }: Found, library: Library): string =>
  library.origin(genome.system.path).from === "built-in" ? genome.system.name : genome.system.path;

/** What is reported is what a user runs again: the files have to give the very loss that the search saw. */
async function refuseOtherLoss(
  { a, b, metric, settings }: AdversaryPlan,
  expected: Loss,
  files: { readonly scenario: string; readonly system: string },
  { workbench, makeRun }: CloserOptions,
): Promise<void> {
  const requestOf = (side: PlannedSide, seed: number): RunRequest => requestFor({ ...files, seed }, side);
  const runsOf = async (side: PlannedSide): Promise<readonly RunResult[]> => {
    const setups = await Promise.all(settings.seeds.map((seed) => prepare(requestOf(side, seed), workbench)));
    return setups.map((setup) => makeRun(setup).result);
  };
  const valuesOf = (runs: readonly RunResult[]) => ({
    values: runs.map(({ metrics }) => metrics[metric.name] ?? Number.NaN),
  });
  const runs = await runsOf(a);
  const other = isBound(b)
    ? boundValues({ ...b, workbench }, requestOf(a, settings.seeds[0]!), runs)
    : valuesOf(await runsOf(b));
  const loss = "values" in other ? lossOf(metric.better, valuesOf(runs).values, other.values) : undefined;
  if (loss?.a !== expected.a || loss.b !== expected.b)
    throw new Error(`the written files give ${JSON.stringify(loss)}, the search saw ${JSON.stringify(expected)}`);
}
