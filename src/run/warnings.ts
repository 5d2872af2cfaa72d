/** Warnings about results, each with what to try next. Their texts are part of results. */
import type { Model } from "../core/model.ts";
import type { System } from "../core/system.ts";
import { missingEnergies } from "../cost/index.ts";
import { type SmallSample, smallSamples } from "../metrics/measure.ts";
import type { Outcome } from "../metrics/outcome.ts";

/** One line for all metrics that are measured on too few jobs, or on none. */
export function sampleWarnings(outcome: Outcome): readonly string[] {
  if (outcome.tasks.every((task) => task.released === 0)) return [nothingReleased(outcome)];
  const samples = smallSamples(outcome);
  if (samples.length === 0) return [];
  const names = [...new Set(samples.map(({ metric }) => metric.name))];
  const scopes = [...new Set(samples.map(({ taskId }) => taskId ?? "the scenario"))];
  const jobs = samples.map((sample) => sample.jobs);
  const durationMs = roundedUp(Math.max(...samples.map((sample) => sample.neededDurationNs)) / 1e6);
  const few = `${rangeText(jobs)} of the ${Math.max(...samples.map(needed))} jobs needed`;
  return [`${names.join(", ")} of ${scopes.join(", ")} rest on ${few}; --duration-ms ${durationMs} gives enough jobs`];
}

function nothingReleased({ durationNs, warmupNs }: Outcome): string {
  const from = warmupNs === 0 ? "" : ` after the warm-up of ${warmupNs / 1e6} ms`;
  return `no job was released${from} in the ${durationNs / 1e6} ms of this run, so there is nothing to measure; --duration-ms makes it longer`;
}

/** Warns of measured cost tables without energies. A missing energy counts as 0. */
export function energyWarnings(models: readonly Model[], system: System): readonly string[] {
  const missing = missingEnergies(models, system);
  if (missing.length === 0) return [];
  const pairs = [...new Set(missing.map(({ modelName, acceleratorId }) => `${modelName} on ${acceleratorId}`))];
  const more = pairs.length > 3 ? ` and ${pairs.length - 3} more` : "";
  return [
    `no energy was measured for ${pairs.slice(0, 3).join(", ")}${more}; it counts as 0, so UXCost, EDP and energy are too low`,
  ];
}

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
