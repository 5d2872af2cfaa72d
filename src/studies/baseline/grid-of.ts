/** Turns settings into a grid of runs, with all files loaded and checked. */
import type { Library } from "../../files/library.ts";
import type { InputFile } from "../../records/run-result.ts";
import type { RunSetup } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import { type PlannedScheduler, planComparison } from "../compare/plan.ts";
import type { CompareSettings } from "../compare/settings.ts";
import type { FileId, Grid, GridCase, GridScheduler } from "./baseline.ts";
import { idOf } from "./grid-points.ts";

/** Throws InputError or RequestError. */
export async function gridOf(settings: CompareSettings, workbench: Workbench<Library>): Promise<Grid> {
  const { cases, schedulers } = await planComparison(settings, workbench);
  const { seeds, durationMs, warmupMs } = settings;
  // All runs share the variation.
  const { variation } = cases[0]!.setup;
  return {
    seeds,
    durationMs: durationMs ?? null,
    warmupMs,
    ...(variation !== undefined && { variation }),
    cases: labelled(cases.map(({ setup }) => gridCase(setup))),
    schedulers: schedulers.map(gridScheduler),
  };
}

function gridCase({ program, inputs }: RunSetup): GridCase {
  const fileOf = (role: InputFile["role"]): FileId => idOf(inputs.find((input) => input.role === role)!);
  return {
    scenario: program.scenario.name,
    system: program.system.name,
    scenarioFile: fileOf("scenario"),
    systemFile: fileOf("system"),
  };
}

/** Appends the file to names that several files share. */
function labelled(cases: readonly GridCase[]): readonly GridCase[] {
  const files = new Map<string, Set<FileId>>();
  for (const { scenario, system, scenarioFile, systemFile } of cases) {
    filesOf(files, `scenario ${scenario}`).add(scenarioFile);
    filesOf(files, `system ${system}`).add(systemFile);
  }
  const label = (kind: string, name: string, file: FileId) =>
    filesOf(files, `${kind} ${name}`).size === 1 ? name : `${name} (${file})`;
  return cases.map((each) => ({
    ...each,
    scenario: label("scenario", each.scenario, each.scenarioFile),
    system: label("system", each.system, each.systemFile),
  }));
}

function filesOf(files: Map<string, Set<FileId>>, name: string): Set<FileId> {
  const known = files.get(name) ?? new Set();
  files.set(name, known);
  return known;
}

/** Keeps given parameters as parsed values, not as text. */
function gridScheduler({ label, parameters, setup }: PlannedScheduler): GridScheduler {
  const file = setup.inputs.find(({ role }) => role === "scheduler");
  const given = Object.keys(parameters).map((name) => [name, setup.parameters[name]]);
  return {
    label,
    scheduler: file === undefined ? setup.scheduler.name : idOf(file),
    given: Object.fromEntries(given),
  };
}

/** Files outside the working folder, whose absolute paths hold on this machine only. */
export function filesElsewhere({ cases, schedulers }: Grid): readonly FileId[] {
  const files = [
    ...cases.flatMap(({ scenarioFile, systemFile }) => [scenarioFile, systemFile]),
    ...schedulers.map(({ scheduler }) => scheduler),
  ];
  return [...new Set(files.filter((file) => /^([A-Za-z]:)?[/\\]/.test(file)))];
}
