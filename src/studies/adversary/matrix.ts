/** Searches every pair of schedulers. All pairs share one journal: what a scheduler gave in a scenario is run once. */
import { join } from "node:path";
import type { PointExecutor } from "../../executors/point.ts";
import { makeFolder } from "../../files/output-file.ts";
import { RequestError } from "../../input/request-error.ts";
import type { AdversaryMatrix, AdversaryReport, FarthestCase, MatrixCell } from "../../records/adversary.ts";
import { distinctInputs } from "../../records/distinct-inputs.ts";
import { rtmmVersion } from "../../records/version.ts";
import type { BoundSide } from "./bound-side.ts";
import type { Journal } from "./journal.ts";
import type { CloserOptions } from "./look-closer.ts";
import { isLarger } from "./loss.ts";
import type { AdversaryPlan, MatrixPlan, PlannedSide } from "./plan.ts";
import { pairName, reportSearch } from "./report-search.ts";
import { nothingText, type Searched, search } from "./search.ts";

export interface MatrixRunning {
  readonly executor: PointExecutor;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  /** Absolute; each pair has a folder in it. */
  readonly folder: string;
  /** With a workbench that has read none of the files that pairs write. */
  readonly closer: () => CloserOptions;
  /** Called as each pair begins. */
  readonly begins: (a: string, b: string) => void;
  /** Called as each pair ends. */
  readonly ended: () => void;
}

type Pair = readonly [PlannedSide, PlannedSide | BoundSide];

/** Throws RequestError if two searches would write to one folder. */
export function searchesOf({ sides, bound }: MatrixPlan): readonly Pair[] {
  const searches: readonly Pair[] = [
    ...pairsOf(sides),
    ...(bound === undefined ? [] : sides.map((side) => [side, bound] as const)),
  ];
  const names = searches.map(([a, b]) => pairName(a, b));
  const twice = searches.find((_, index) => names.indexOf(names[index]!) !== index);
  if (twice === undefined) return searches;
  const first = searches[names.indexOf(pairName(...twice))]!;
  const text = ([a, b]: Pair): string => `${a.label} against ${b.label}`;
  throw new RequestError(
    `${text(first)} and ${text(twice)} would both be written to ${pairName(...twice)}; give one of them another name`,
  );
}

/** Every pair in both directions. */
const pairsOf = (sides: readonly PlannedSide[]): readonly (readonly [PlannedSide, PlannedSide])[] =>
  sides.flatMap((a) => sides.filter((b) => b !== a).map((b) => [a, b] as const));

export async function searchMatrix(plan: MatrixPlan, running: MatrixRunning): Promise<AdversaryMatrix> {
  const cells: MatrixCell[] = [];
  const worst = new Map<PlannedSide, AdversaryReport>();
  for (const [a, b] of pairsOf(plan.sides)) {
    const { cell, report } = await searchPair({ ...plan, a, b }, running);
    cells.push(cell);
    if (report?.smallest && isWorse(report, worst.get(a))) worst.set(a, report);
  }
  const worstOfEach = plan.sides.map((side) => worst.get(side) ?? null);
  const farthest = plan.bound && (await searchBounds(plan, plan.bound, running));
  return matrixOf(plan, { cells, worst: worstOfEach, ...(farthest && { farthest }) });
}

/** Of each scheduler in turn. */
async function searchBounds(
  plan: MatrixPlan,
  bound: BoundSide,
  running: MatrixRunning,
): Promise<readonly FarthestCase[]> {
  const found: FarthestCase[] = [];
  for (const a of plan.sides) {
    const { cell, report } = await searchPair({ ...plan, a, b: bound }, running);
    const { b: _, ...distance } = cell;
    found.push({ ...distance, report: report?.smallest ? report : null });
  }
  return found;
}

interface SearchedPair {
  readonly cell: MatrixCell;
  /** undefined: nothing could be compared. */
  readonly report?: AdversaryReport;
}

async function searchPair(plan: AdversaryPlan, running: MatrixRunning): Promise<SearchedPair> {
  const names = { a: plan.a.label, b: plan.b.label };
  running.begins(names.a, names.b);
  const searched = await search(plan, { ...running, advanced: () => undefined });
  const report = searched.best === undefined ? undefined : await written(plan, searched, running);
  running.ended();
  if (report === undefined) return { cell: { ...names, loss: null, reason: nothingText(searched) } };
  return { cell: { ...names, loss: report.found!.loss }, report };
}

function written(plan: AdversaryPlan, searched: Searched, running: MatrixRunning): Promise<AdversaryReport> {
  const folder = join(running.folder, pairName(plan.a, plan.b));
  makeFolder(folder);
  running.signal.throwIfAborted();
  return reportSearch(plan, searched, folder, running.closer());
}

/** The first of equal ones. */
const isWorse = (report: AdversaryReport, than: AdversaryReport | undefined): boolean =>
  than === undefined || isLarger(report.found!.loss, than.found!.loss);

function matrixOf(
  { sides, metric, settings, ranges, inputs }: MatrixPlan,
  found: Pick<AdversaryMatrix, "cells" | "worst" | "farthest">,
): AdversaryMatrix {
  const { name, title, unit, better } = metric;
  const { seeds, budget, chains, keep } = settings;
  return {
    schemaVersion: 1,
    rtmmVersion,
    schedulers: sides.map(({ labelled }) => labelled),
    metric: { name, title, unit, better },
    search: { ranges: ranges.name, seed: seeds[0]!, seeds, budget, chains, keep },
    ...found,
    inputs: distinctInputs(inputs),
  };
}
