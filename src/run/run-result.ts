/** The record of a run, and the hash of its result. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { energyGaps } from "../cost/index.ts";
import { sortedJson } from "../input/sorted-json.ts";
import { type CurveValues, measure, type PhaseMeasurement, type Values } from "../metrics/measure.ts";
import type { Outcome, TaskOutcome } from "../metrics/outcome.ts";
import type { PhaseResult, ReadResult, ResultCurves, ResultValues, RunResult } from "../records/run-result.ts";
import { rtmmVersion } from "../records/version.ts";
import type { RunSetup } from "./run-setup.ts";
import { sampleWarnings } from "./warnings.ts";

export function resultOf(setup: RunSetup, outcome: Outcome): RunResult {
  const { scenario, tasks, accelerators, curves, phases } = measure(outcome);
  const unknownEnergy = energyGaps(setup.energies);
  const result: Omit<RunResult, "resultHash"> = {
    schemaVersion: 1,
    rtmmVersion,
    scenario: setup.program.scenario.name,
    system: setup.program.system.name,
    scheduler: { name: setup.scheduler.name, params: setup.parameters },
    seed: setup.seed,
    durationMs: outcome.durationNs / 1e6,
    warmupMs: outcome.warmupNs / 1e6,
    ...(setup.variation !== undefined && { variation: setup.variation }),
    inputs: setup.inputs,
    metrics: valuesOf(scenario),
    curves: curvesOf(curves),
    tasks: tasks.map((task, index) => ({
      id: task.id,
      model: outcome.tasks[index]!.modelName,
      ...valuesOf(task.values),
      ...readsOf(outcome, outcome.tasks[index]!),
      curves: curvesOf(task.curves),
    })),
    accelerators: accelerators.map(({ id, values }) => ({ id, ...valuesOf(values) })),
    phases: phases.map(phaseResult),
    ...(unknownEnergy.length > 0 && { unknownEnergy }),
    warnings: [...setup.warnings, ...sampleWarnings(outcome, setup.program.scenario)],
  };
  return { ...result, resultHash: resultHash(result) };
}

const phaseResult = ({ name, fromNs, toNs, scenario, tasks }: PhaseMeasurement): PhaseResult => ({
  name,
  fromMs: fromNs / 1e6,
  toMs: toNs / 1e6,
  metrics: valuesOf(scenario),
  tasks: tasks.map(({ id, values }) => ({ id, ...valuesOf(values) })),
});

/** Ages by task that is read; nothing for a task that reads none. */
function readsOf({ tasks }: Outcome, { reads }: TaskOutcome): { readonly reads?: readonly ReadResult[] } {
  if (reads.length === 0) return {};
  const ms = (ns: number | undefined) => (ns === undefined ? null : ns / 1e6);
  return {
    reads: reads.map(({ taskIndex, age, empty }) => ({
      task: tasks[taskIndex]!.id,
      reads: age.count + empty,
      emptyReads: empty,
      ageMeanMs: ms(age.count === 0 ? undefined : age.sumNs / age.count),
      ageP50Ms: ms(age.p50Ns),
      ageP99Ms: ms(age.p99Ns),
      ageMaxMs: ms(age.maxNs),
    })),
  };
}

function valuesOf(values: Values): ResultValues {
  const result: Record<string, number | null> = {};
  for (const name of Object.keys(values)) result[name] = values[name] ?? null;
  return result;
}

const curvesOf = (curves: CurveValues): ResultCurves =>
  Object.fromEntries(Object.entries(curves).map(([name, points]) => [name, points ?? null]));

/** Fields that may differ between machines and versions although the result is the same. */
const notHashed: ReadonlySet<string> = new Set(["rtmmVersion", "inputs", "unknownEnergy", "warnings", "resultHash"]);

/** SHA-256 of the result as JSON with sorted keys, in hexadecimal digits. */
export function resultHash(result: Omit<RunResult, "resultHash">): string {
  const hashed = Object.entries(result).filter(([key]) => !notHashed.has(key));
  return bytesToHex(sha256(utf8ToBytes(sortedJson(Object.fromEntries(hashed)))));
}
