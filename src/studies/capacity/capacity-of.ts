/** Turns finished searches into the record of capacities. */
import type {
  Capacity,
  CapacityAnswer,
  CapacityCeiling,
  CapacityVerdict,
  CaseCapacity,
  LoadPoint,
} from "../../records/capacity.ts";
import { distinctInputs } from "../../records/distinct-inputs.ts";
import { rtmmVersion } from "../../records/version.ts";
import type { CaseLoad } from "./case-load.ts";
import { type Landmarks, landmarks } from "./curve.ts";
import { type FactorGrid, factorAt } from "./factor-grid.ts";
import type { FactorReading } from "./factor-reading.ts";
import type { CapacityCase, CapacityPlan } from "./plan.ts";
import type { SearchOutcome } from "./run-capacity.ts";
import { capacityWarnings } from "./warnings.ts";

/** Facts about a case that do not come from its searches. */
export interface CaseFacts {
  readonly load: CaseLoad;
  readonly ceiling: CapacityCeiling | undefined;
}

/** `searches`: those of the schedulers that were not omitted. */
export function capacityOf(
  plan: CapacityPlan,
  searches: readonly SearchOutcome[],
  factsOf: ReadonlyMap<CapacityCase, CaseFacts>,
): Capacity {
  const { settings, grid } = plan;
  const present = plan.schedulers.filter((scheduler) => searches.some((each) => each.scheduler === scheduler));
  const cases = plan.cases.map((loadCase): CaseCapacity => {
    const { load, ceiling } = factsOf.get(loadCase)!;
    const own = searches.filter((each) => each.loadCase === loadCase);
    return {
      scenario: loadCase.scenario,
      system: loadCase.system,
      isExact: loadCase.sampling === "exact",
      ceiling: ceiling ?? null,
      answers: own.map((each) => answerOf(each, grid, load)),
    };
  });
  return {
    schemaVersion: 1,
    rtmmVersion,
    bounds: settings.bounds.map(({ text }) => text),
    task: settings.task ?? null,
    seeds: settings.seeds,
    tolerance: settings.tolerance,
    limits: { low: factorAt(grid, grid.lowest), high: factorAt(grid, grid.highest) },
    durationMs: settings.durationMs ?? null,
    warmupMs: settings.warmupMs,
    schedulers: present.map(({ label, setup }) => ({ label, name: setup.scheduler.name, params: setup.parameters })),
    cases,
    inputs: distinctInputs([...plan.cases, ...present].flatMap(({ setup }) => setup.inputs)),
    warnings: capacityWarnings(plan, searches, cases),
  };
}

function answerOf(
  { loadCase, scheduler, curve, stopped }: SearchOutcome,
  grid: FactorGrid,
  load: CaseLoad,
): CapacityAnswer {
  const found = landmarks(curve);
  const factor = (step: number | undefined) => (step === undefined ? null : factorAt(grid, step));
  const atCapacity = found.largest === undefined ? undefined : curve.get(found.largest);
  return {
    scheduler: scheduler.label,
    verdict: verdictOf(found, grid, stopped),
    factor: factor(found.largest),
    failsFrom: factor(found.failsFrom),
    interval: { low: factor(found.sureTo), high: factor(found.sureFrom) },
    utilisation: atCapacity === undefined ? null : load.utilisation(atCapacity.factor),
    heldSeeds: atCapacity === undefined ? null : heldSeeds(atCapacity),
    runSeeds: loadCase.seeds.length,
    steadyTo: factor(found.steadyTo),
    failsBelow: found.failsBelow.map((step) => factorAt(grid, step)),
    seedFactors: loadCase.seeds.map((seed, i) => ({ seed, factor: seedFactor(curve.readings(), i) })),
    failure: failureOf(stopped),
    curve: curve.readings().map((reading) => loadPoint(reading, load)),
  };
}

function verdictOf(
  { largest }: Landmarks,
  { highest }: FactorGrid,
  stopped: SearchOutcome["stopped"],
): CapacityVerdict {
  if (stopped !== undefined) return stopped.kind;
  if (largest === undefined) return "never holds";
  return largest === highest ? "always holds" : "found";
}

const heldSeeds = ({ heldBySeed }: FactorReading): number => heldBySeed.filter((held) => held).length;

/** `readings`: in ascending order of factors. */
function seedFactor(readings: readonly FactorReading[], seedIndex: number): number | null {
  const firstFailing = readings.findIndex(({ heldBySeed }) => !heldBySeed[seedIndex]);
  const held = firstFailing < 0 ? readings : readings.slice(0, firstFailing);
  return held.at(-1)?.factor ?? null;
}

function failureOf(stopped: SearchOutcome["stopped"]): CapacityAnswer["failure"] {
  if (stopped?.kind !== "failed") return null;
  const { factor, seed, failure } = stopped;
  return { factor, seed, message: failure.message };
}

function loadPoint(reading: FactorReading, load: CaseLoad): LoadPoint {
  const { factor, holds, heldBySeed, values } = reading;
  return {
    factor,
    utilisation: load.utilisation(factor),
    holds,
    seeds: heldBySeed.length,
    heldShare: heldSeeds(reading) / heldBySeed.length,
    values,
  };
}
