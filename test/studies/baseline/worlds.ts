/** Baselines small enough to work out by hand, and one measured in a folder of its own. */

import { InlineExecutor } from "../../../src/executors/inline-executor.ts";
import { Library } from "../../../src/files/library.ts";
import type { CheckReport, FailOn } from "../../../src/records/check-report.ts";
import { RequirementTally } from "../../../src/run/requirements/requirement-tally.ts";
import { Workbench } from "../../../src/run/workbench.ts";
import type { Baseline, BaselineRow, SeedValues } from "../../../src/studies/baseline/baseline.ts";
import { checkBaselines } from "../../../src/studies/baseline/check.ts";
import { gridOf } from "../../../src/studies/baseline/grid-of.ts";
import { type MeasuredGrid, measureGrid } from "../../../src/studies/baseline/measure-grid.ts";
import type { Tolerance } from "../../../src/studies/baseline/tolerance.ts";
import type { CompareSettings } from "../../../src/studies/compare/settings.ts";

export const row = (values: Readonly<Record<string, SeedValues>>, results: readonly string[] = ["h"]): BaselineRow => ({
  scenario: "vr",
  system: "soc",
  scheduler: "edf",
  results,
  values,
});

/** One row of one case by one scheduler. */
export const baselineWith = (values: Readonly<Record<string, SeedValues>>, more: Partial<Baseline> = {}): Baseline => ({
  kind: "rtmm baseline",
  schemaVersion: 1,
  rtmmVersion: "0.0.1",
  seeds: [1],
  durationMs: null,
  warmupMs: 0,
  schedulers: [{ label: "edf", scheduler: "edf", given: {}, params: { alpha: 1 } }],
  cases: [
    {
      scenario: "vr",
      system: "soc",
      scenarioFile: "vr.yaml",
      systemFile: "soc.yaml",
      inputs: ["soc.yaml", "vr.yaml"],
    },
  ],
  inputs: { "soc.yaml": "a1", "vr.yaml": "b1" },
  rows: [row(values)],
  ...more,
});

export const settings: CompareSettings = {
  scenarios: ["./small.yaml"],
  systems: ["./soc.yaml"],
  schedulers: ["edf", "fcfs"],
  baseline: undefined,
  params: [],
  paramsFiles: [],
  seeds: [1, 2],
  durationMs: undefined,
  warmupMs: 0,
};

export async function measuredIn(folder: string, more: Partial<CompareSettings> = {}): Promise<MeasuredGrid> {
  const library = new Library(folder);
  const workbench = new Workbench(library);
  const grid = await gridOf({ ...settings, ...more }, workbench);
  return measureGrid(grid, { executor: new InlineExecutor(workbench), library });
}

export interface JudgedBy {
  readonly tolerances?: readonly Tolerance[];
  readonly failOn?: FailOn;
}

/** In this thread. */
export async function checkIn(
  folder: string,
  baseline: Baseline,
  { tolerances = [], failOn = "worse" }: JudgedBy = {},
): Promise<CheckReport> {
  const library = new Library(folder);
  const executor = new InlineExecutor(new Workbench(library));
  const required = new RequirementTally([]);
  const options = { executor, library, required, tolerances, failOn };
  const { report } = await checkBaselines([{ name: "b", path: "b.json", baseline }], options);
  return report;
}
