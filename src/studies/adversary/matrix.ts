/** Searches every pair of schedulers. All pairs share one journal: what a scheduler gave in a scenario is run once. */
import { join } from "node:path";
import type { PointExecutor } from "../../executors/point.ts";
import { makeFolder } from "../../files/output-file.ts";
import type { AdversaryMatrix, AdversaryReport, MatrixCell } from "../../records/adversary.ts";
import { distinctInputs } from "../../records/distinct-inputs.ts";
import { rtmmVersion } from "../../records/version.ts";
import type { Journal } from "./journal.ts";
import type { CloserOptions } from "./look-closer.ts";
import { isLarger } from "./loss.ts";
import type { AdversaryPlan, MatrixPlan, PlannedSide } from "./plan.ts";
import { reportSearch, slug } from "./report-search.ts";
import { nothingText, search } from "./search.ts";

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

/** Every pair in both directions. */
export const pairsOf = (sides: readonly PlannedSide[]): readonly (readonly [PlannedSide, PlannedSide])[] =>
  sides.flatMap((a) => sides.filter((b) => b !== a).map((b) => [a, b] as const));

export async function searchMatrix(plan: MatrixPlan, running: MatrixRunning): Promise<AdversaryMatrix> {
  const cells: MatrixCell[] = [];
  const worst = new Map<PlannedSide, AdversaryReport>();
  for (const [a, b] of pairsOf(plan.sides)) {
    running.begins(a.label, b.label);
    const { cell, report } = await searchPair({ ...plan, a, b }, running);
    cells.push(cell);
    if (report?.smallest && isWorse(report, worst.get(a))) worst.set(a, report);
    running.ended();
  }
  return matrixOf(
    plan,
    cells,
    plan.sides.map((side) => worst.get(side) ?? null),
  );
}

interface SearchedPair {
  readonly cell: MatrixCell;
  /** undefined: nothing could be compared. */
  readonly report?: AdversaryReport;
}

async function searchPair(plan: AdversaryPlan, running: MatrixRunning): Promise<SearchedPair> {
  const searched = await search(plan, { ...running, advanced: () => undefined });
  const names = { a: plan.a.label, b: plan.b.label };
  if (searched.best === undefined) return { cell: { ...names, loss: null, reason: nothingText(searched) } };
  const folder = join(running.folder, `${slug(plan.a.label)}-vs-${slug(plan.b.label)}`);
  makeFolder(folder);
  running.signal.throwIfAborted();
  const report = await reportSearch(plan, searched, folder, running.closer());
  return { cell: { ...names, loss: searched.best.loss }, report };
}

/** The first of equal ones. */
const isWorse = (report: AdversaryReport, than: AdversaryReport | undefined): boolean =>
  than === undefined || isLarger(report.found!.loss, than.found!.loss);

function matrixOf(
  { sides, metric, settings, ranges, inputs }: MatrixPlan,
  cells: readonly MatrixCell[],
  worst: AdversaryMatrix["worst"],
): AdversaryMatrix {
  const { name, title, unit, better } = metric;
  const { seeds, budget, chains, keep } = settings;
  return {
    schemaVersion: 1,
    rtmmVersion,
    schedulers: sides.map(({ labelled }) => labelled),
    metric: { name, title, unit, better },
    search: { ranges: ranges.name, seed: seeds[0]!, seeds, budget, chains, keep },
    cells,
    worst,
    inputs: distinctInputs(inputs),
  };
}
