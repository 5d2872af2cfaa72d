/** Warnings about results, each with what to try next. Their texts are part of results. */
import type { CostTable } from "../core/costs.ts";
import type { Model } from "../core/model.ts";
import type { Scenario } from "../core/scenario.ts";
import type { System } from "../core/system.ts";
import { energyGaps, type KnownEnergy, type UnknownLoad, unknownLoads } from "../cost/index.ts";
import { type SmallSample, smallSamples } from "../metrics/measure.ts";
import type { Outcome } from "../metrics/outcome.ts";
import { unknownEnergyText } from "../output/unknown-energy-text.ts";
import { firstOf } from "../output/words.ts";
import { growsWithTime } from "./growing-tasks.ts";
import { unreleasedWarnings } from "./unreleased.ts";

/** One line for all metrics that are measured on too few jobs, or on none. */
export function sampleWarnings(outcome: Outcome, scenario: Scenario): readonly string[] {
  if (outcome.tasks.every((task) => task.released === 0)) return [nothingReleased(outcome, scenario)];
  const samples = smallSamples(outcome);
  if (samples.length === 0) return [];
  const names = [...new Set(samples.map(({ metric }) => metric.name))];
  const scopes = [...new Set(samples.map(scopeOf))];
  const jobs = samples.map((sample) => sample.jobs);
  const few = `${rangeText(jobs)} of the ${Math.max(...samples.map(needed))} jobs needed`;
  return [`${names.join(", ")} of ${scopes.join(", ")} rest on ${few}; ${durationAdvice(samples, outcome, scenario)}`];
}

const scopeOf = ({ taskId }: SmallSample): string => taskId ?? "the scenario";

/** A longer run has more jobs only of tasks that release at a rate. */
function durationAdvice(samples: readonly SmallSample[], outcome: Outcome, scenario: Scenario): string {
  const growing = scenario.tasks.map((_, i) => growsWithTime(scenario, i));
  const durations = samples.map((sample) => neededDurationNs(sample, outcome, growing));
  const longestNs = Math.max(...durations.filter((duration) => duration !== undefined));
  const fixed = samples.filter((_, i) => durations[i] === undefined);
  const why = "a trace or a count, not the duration, says how many jobs come";
  if (fixed.length === samples.length) return why;
  const enough = `--duration-ms ${roundedUp(longestNs / 1e6)} gives enough jobs`;
  const others = [...new Set(fixed.map(scopeOf))];
  return others.length === 0 ? enough : `${enough}, except for ${others.join(", ")}: ${why}`;
}

/** Undefined if no duration suffices. */
function neededDurationNs(sample: SmallSample, outcome: Outcome, growing: readonly boolean[]): number | undefined {
  const jobsIf = (isGrowing: boolean): number =>
    outcome.tasks.reduce((sum, task, i) => {
      const counts = growing[i] === isGrowing && (sample.taskId === undefined || sample.taskId === task.id);
      return sum + (counts ? sample.metric.jobs(task) : 0);
    }, 0);
  if (jobsIf(false) === 0) return sample.neededDurationNs;
  const growingJobs = jobsIf(true);
  if (growingJobs === 0) return undefined;
  const { durationNs, warmupNs } = outcome;
  const missing = sample.neededJobs - (sample.jobs - growingJobs);
  return Math.ceil(warmupNs + ((durationNs - warmupNs) * missing) / growingJobs);
}

function nothingReleased({ durationNs, warmupNs }: Outcome, scenario: Scenario): string {
  const from = warmupNs === 0 ? "" : ` after the warm-up of ${warmupNs / 1e6} ms`;
  const nothing = `no job was released${from} in the ${durationNs / 1e6} ms of this run, so there is nothing to measure`;
  const isLongerBetter =
    unreleasedWarnings(scenario).length > 0 || scenario.tasks.some((_, i) => growsWithTime(scenario, i));
  return isLongerBetter ? `${nothing}; --duration-ms makes it longer` : nothing;
}

/** Warns of costs without energies, which leave metrics absent. */
export function energyWarnings(energies: readonly KnownEnergy[]): readonly string[] {
  const gaps = unknownEnergyText(energyGaps(energies));
  if (gaps === undefined) return [];
  return [
    `${gaps}; what runs without one leaves energy, EDP, power, UXCost, and XRBench's energy and overall scores absent`,
  ];
}

/** Warns of moves that seem free because tables have no sizes of activations. */
export function activationWarnings(costs: CostTable, { contextSwitch }: System): readonly string[] {
  const profiled = [...costs.models.values()].filter(({ model, variants }) =>
    variants.some(({ layers }, index) => layers > 1 && model.variants[index]!.layers.length === 0),
  );
  if (contextSwitch === "off" || profiled.length === 0) return [];
  const names = profiled.map(({ model }) => model.name).join(", ");
  return [
    `tables have no sizes of activations, so jobs of ${names} move and are stopped between layers at no cost; contextSwitch: off says so`,
  ];
}

/** Warns of loads of weights whose time is not known and counts as 0, or whose energy is not known. */
export function loadWarnings(models: readonly Model[], system: System): readonly string[] {
  const unknown = unknownLoads(models, system);
  return (["time", "energy"] as const).flatMap((lacks) => {
    const pairs = unknown.filter((load) => load.lacks === lacks).map(pairText);
    return pairs.length === 0 ? [] : [loadText(lacks, firstOf(pairs, 3))];
  });
}

const pairText = ({ modelName, acceleratorId }: UnknownLoad): string => `${modelName} on ${acceleratorId}`;

const loadText = (lacks: UnknownLoad["lacks"], pairs: string): string =>
  lacks === "time"
    ? `nothing says how long the weights of ${pairs} take to load, which counts as 0: give the table a column loadMs, or loadBytes and the weights a bandwidthGBs`
    : `nothing says what energy it takes to load the weights of ${pairs}, so none of their energies is known: give the table a column loadMj, or loadBytes and the weights an energyPjPerByte`;

const needed = (sample: SmallSample): number => sample.neededJobs;

function rangeText(values: readonly number[]): string {
  const least = Math.min(...values);
  const most = Math.max(...values);
  return least === most ? `${least}` : `${least} to ${most}`;
}

/** Rounds up to two significant digits. */
function roundedUp(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / step) * step;
}
