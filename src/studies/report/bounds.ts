/** Proven bounds for what a report shows: how many jobs miss whatever the scheduler. */
import { feasibility, taskLoads } from "../../analysis/feasibility/index.ts";
import { type LinearSolver, solverOr } from "../../analysis/solver/index.ts";
import { modelsOf } from "../../core/scenario.ts";
import { feasibilityTexts } from "../../describe/feasibility-text.ts";
import type { Library } from "../../files/library.ts";
import { pathOf } from "../../files/result-file.ts";
import { InputError } from "../../input/input-error.ts";
import { RequestError } from "../../input/request-error.ts";
import type { CaseBound } from "../../records/case-bound.ts";
import type { Case, Comparison } from "../../records/comparison.ts";
import type { InputFile } from "../../records/run-result.ts";
import { runCaseOf } from "../../run/run-case.ts";
import type { RunSetup } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";

/** Hears why bounds are left out. */
export type Note = (remark: string) => void;

const solverNoting = (note: Note) => solverOr((reason) => note(`note: no bounds: ${reason}`));

/** A sentence about what no scheduler can do; empty if nothing of the kind is proven. It is about all jobs, so not after a warm-up. */
export async function boundSentences(
  { program, context, seed }: RunSetup,
  workbench: Workbench,
  note: Note,
): Promise<readonly string[]> {
  const solver = context.warmupNs > 0 ? undefined : await solverNoting(note);
  if (solver === undefined) return [];
  const { scenario, system } = program;
  const costs = workbench.costs(modelsOf(scenario), system);
  const found = feasibility(scenario, system, costs, { seed, solver });
  if (found.verdict === "not ruled out") return [];
  return feasibilityTexts(scenario, found, taskLoads(scenario, system, costs)).slice(0, 1);
}

/** Each seed is a bound of its own. */
const MOST_SEEDS = 10;

/** Of the cases whose files are as they were, and for which a bound is known. */
export async function boundsOf(
  comparison: Comparison,
  workbench: Workbench<Library>,
  note: Note,
): Promise<readonly CaseBound[]> {
  if (comparison.warmupMs > 0 || comparison.seeds.length > MOST_SEEDS) return [];
  const solver = await solverNoting(note);
  if (solver === undefined) return [];
  return comparison.cases.flatMap((place) => {
    const rates = comparison.seeds.map((seed) => leastRate(place, seed, comparison, workbench, solver));
    if (rates.some((rate) => rate === undefined)) return [];
    const sum = rates.reduce<number>((total, rate) => total + rate!, 0);
    return [{ ...place, leastViolationRate: sum / rates.length }];
  });
}

/** undefined: the files are not there, or nothing is proven. */
function leastRate(
  place: Case,
  seed: number,
  comparison: Comparison,
  workbench: Workbench<Library>,
  solver: LinearSolver,
): number | undefined {
  const { variation, durationMs } = comparison;
  const scenarioName = (path: string): string => workbench.scenario(path, variation).value.name;
  const systemName = (path: string): string => workbench.system(path, variation).value.name;
  const scenario = fileOf(comparison, { role: "scenario", name: place.scenario, nameOf: scenarioName }, workbench);
  const system = fileOf(comparison, { role: "system", name: place.system, nameOf: systemName }, workbench);
  if (scenario === undefined || system === undefined) return undefined;
  try {
    const times = { durationMs: durationMs ?? undefined, warmupMs: 0, seed };
    const { program } = runCaseOf({ scenario, system, variation, ...times }, workbench);
    const costs = workbench.costs(modelsOf(program.scenario), program.system);
    return feasibility(program.scenario, program.system, costs, { seed, solver }).leastViolationRate;
  } catch (error) {
    if (error instanceof InputError || error instanceof RequestError) return undefined;
    throw error;
  }
}

interface Sought {
  readonly role: InputFile["role"];
  readonly name: string;
  nameOf(path: string): string;
}

/** Path of the unchanged input of a role whose content has a name. */
function fileOf(
  { inputs }: Comparison,
  { role, name, nameOf }: Sought,
  { files }: Workbench<Library>,
): string | undefined {
  const isNamed = (path: string): boolean => {
    try {
      return nameOf(path) === name;
    } catch (error) {
      if (error instanceof InputError || error instanceof RequestError) return false;
      throw error;
    }
  };
  const found = inputs.find((input) => {
    if (input.role !== role) return false;
    const path = pathOf(input, files);
    return files.status(path).kind === "file" && files.sha256(path) === input.sha256 && isNamed(path);
  });
  return found && pathOf(found, files);
}
