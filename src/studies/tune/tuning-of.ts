/** Turns a finished search into its record. */
import type { Metric } from "../../metrics/metric.ts";
import type { GridOutcome, Step, Trial, Tuning } from "../../records/tuning.ts";
import { rtmmVersion } from "../../records/version.ts";
import type { Tuned, TunePlan } from "./tune.ts";

const NEAR = 0.05;

/** `found`: the outcome of the search. At least the start must have finished. */
export function tuningOf(plan: TunePlan, tuned: Tuned, found: Trial): Tuning {
  const { settings, objective, setups, space } = plan;
  const { program, scheduler, parameters, inputs, variation } = setups[0]!;
  const names = new Set(space.parameters.map(({ name }) => name));
  const { path } = tuned;
  const { name, title, unit, better } = objective;
  return {
    schemaVersion: 1,
    rtmmVersion,
    scenario: program.scenario.name,
    system: program.system.name,
    scheduler: scheduler.name,
    fixed: Object.fromEntries(Object.entries(parameters).filter(([parameter]) => !names.has(parameter))),
    searched: space.parameters.map((parameter) => ({ name: parameter.name, min: parameter.min, max: parameter.max })),
    objective: { name, title, unit, better },
    seeds: settings.seeds,
    durationMs: program.scenario.durationNs / 1e6,
    warmupMs: settings.request.warmupMs,
    ...(variation !== undefined && { variation }),
    radius: settings.radius,
    isFinished: tuned.isFinished,
    path,
    start: trialOf(path[0]!),
    found,
    gain: gain(path[0]!, found, better),
    trials: tuned.trials,
    grid: tuned.grid === undefined ? null : gridOutcome(tuned.grid, path, found, better),
    inputs,
  };
}

const trialOf = ({ params, value }: Trial): Trial => ({ params, value });

type Better = Metric["better"];

/** Share of `from` by which `to` is better; below 0 if it is worse. */
export function gain(from: Trial, to: Trial, better: Better): number | null {
  if (from.value === 0) return to.value === 0 ? 0 : null;
  const change = (to.value - from.value) / Math.abs(from.value);
  // Why not -change: a gain of nothing is 0, not -0.
  return better === "lower" ? 0 - change : change;
}

/** The best result; the first one among equals. */
export function gridOutcome(
  points: readonly Trial[],
  path: readonly Step[],
  found: Trial,
  better: Better,
): GridOutcome {
  const isAhead = (a: Trial, b: Trial) => (better === "lower" ? a.value < b.value : a.value > b.value);
  const best = points.reduce((least, point) => (isAhead(point, least) ? point : least));
  const near = path.find(({ params, bestValue }) => {
    const soFar = { params, value: bestValue };
    return !isAhead(best, soFar) || (gain(best, soFar, better) ?? -Infinity) >= -NEAR;
  });
  return { points, best, gain: gain(best, found, better), stepsToWithin5Percent: near?.step ?? null };
}
