/** Baselines small enough to work out by hand, and one measured in a folder of its own. */
import type { Baseline, BaselineRow, SeedValues } from "../../../src/experiment/baseline/baseline.ts";
import { checkBaselines } from "../../../src/experiment/baseline/check.ts";
import { gridOf } from "../../../src/experiment/baseline/grid-of.ts";
import { type MeasuredGrid, measureGrid } from "../../../src/experiment/baseline/measure-grid.ts";
import type { Tolerance } from "../../../src/experiment/baseline/tolerance.ts";
import type { CompareSettings } from "../../../src/experiment/compare/settings.ts";
import { Library } from "../../../src/experiment/files/library.ts";
import { InlineExecutor } from "../../../src/experiment/points/inline-executor.ts";
import { RequirementTally } from "../../../src/experiment/requirements/requirement-tally.ts";
import { Workbench } from "../../../src/experiment/run/workbench.ts";
import type { CheckReport, FailOn } from "../../../src/output/check/check-report.ts";

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
  return measureGrid(grid, { executor: new InlineExecutor(workbench), library, ended: () => undefined });
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
  const options = { executor, library, required, tolerances, failOn, ended: () => undefined };
  const { report } = await checkBaselines([{ name: "b", path: "b.json", baseline }], options);
  return report;
}
