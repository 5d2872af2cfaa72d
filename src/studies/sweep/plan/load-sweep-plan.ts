/** Loads an experiment file and turns it into a plan. */

import { fileKind } from "../../../files/file-kind.ts";
import type { Library } from "../../../files/library.ts";
import { kindText } from "../../../input/file-kind.ts";
import { RequestError } from "../../../input/request-error.ts";
import type { Variation } from "../../../records/run-result.ts";
import type { RunRequest } from "../../../run/run-setup.ts";
import type { Workbench } from "../../../run/workbench.ts";
import { nameOfTarget } from "../read/entry-reading.ts";
import { loadExperiment } from "../read/load-experiment.ts";
import type { AskedPrecision } from "../read/read-precision.ts";
import { type Grid, type PointList, type Selection, selectionsOf } from "../read/selections.ts";
import type { Entry, Variant } from "../read/variants.ts";
import { CoordinateColumns, type PlanEntries } from "./coordinates.ts";
import { planHash } from "./plan-hash.ts";
import type { SweepPlan } from "./sweep-plan.ts";

/** Throws an InputError with all problems of the experiment file and of the files that it names. */
export async function loadSweepPlan(
  path: string,
  workbench: Workbench<Library>,
  asked?: AskedPrecision,
): Promise<SweepPlan> {
  const experiment = await loadExperiment(path, workbench, asked).catch((error: unknown) => {
    refuseOtherKind(path, workbench.files);
    throw error;
  });
  const { title, what, durationMs, warmupMs, inputs, requirements, precision } = experiment;
  const selections = selectionsOf(what);
  const columns = new CoordinateColumns(entriesOf(what));
  return {
    name: experiment.name,
    ...(title !== undefined && { title }),
    count: selections.count,
    caseSize: selections.caseSize,
    seedsPerGroup: selections.seedsPerGroup,
    ...(precision !== undefined && { precision }),
    coordinateNames: columns.names,
    coordinates: (index) => columns.of(selections.at(index)),
    request: (index) => ({ ...requestOf(selections.at(index)), durationMs, warmupMs }),
    inputs,
    requirements,
    hash: planHash(experiment, nameOfTarget({ path, workbench })),
  };
}

/**
 * Throws one RequestError for a file of another kind, instead of one problem per key. A suite may be an incomplete
 * experiment, and a file of settings one with `scheduler` for `schedulers`, so their keys are checked.
 */
function refuseOtherKind(path: string, library: Library): void {
  const kind = fileKind(path, library);
  if (kind === undefined || kind === "experiment" || kind === "suite" || kind === "settings") return;
  throw new RequestError(`${path} is ${kindText[kind]}, not an experiment`);
}

function entriesOf(what: Grid | PointList): PlanEntries {
  if (what.kind === "grid")
    return {
      scenario: what.scenarios,
      system: what.systems,
      scheduler: what.schedulers,
      hasRateScale: what.rateScales !== undefined,
    };
  const entry = ({ label, target, values }: Variant): Entry => {
    return { label, target, axes: Object.entries(values).map(([key, value]) => ({ key, values: [value] })) };
  };
  return {
    scenario: what.points.map(({ scenario }) => entry(scenario)),
    system: what.points.map(({ system }) => entry(system)),
    scheduler: what.points.map(({ scheduler }) => entry(scheduler)),
    hasRateScale: what.points.some(({ rateScale }) => rateScale !== undefined),
  };
}

function requestOf(selection: Selection): Omit<RunRequest, "durationMs" | "warmupMs"> {
  const { scenario, system, scheduler, seed } = selection;
  const variation = variationOf(selection);
  return {
    scenario: scenario.target,
    system: system.target,
    scheduler: scheduler.target,
    parameters: scheduler.values,
    seed,
    ...(Object.keys(variation).length > 0 && { variation }),
  };
}

/** The differences from the files. */
function variationOf({ scenario, system, rateScale }: Selection): Variation {
  return {
    ...(Object.keys(system.values).length > 0 && { system: system.values }),
    ...(Object.keys(scenario.values).length > 0 && { scenario: scenario.values }),
    ...(rateScale !== undefined && rateScale !== 1 && { rateScale }),
  };
}
