/** Searches the parameters of a scheduler for the best objective. */

import { energyGaps, knowsNoEnergy } from "../../cost/index.ts";
import type { PointExecutor } from "../../executors/point.ts";
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Metric } from "../../metrics/metric.ts";
import { unknownEnergyText } from "../../output/unknown-energy-text.ts";
import type { Step, Trial } from "../../records/tuning.ts";
import { prepare } from "../../run/prepare.ts";
import type { RunSetup } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import { NeighbourSearch } from "../../schedulers/dream/neighbour-search.ts";
import { absentObjective } from "./absent-objective.ts";
import { gridPoints, MOST_GRID_PARAMETERS } from "./grid.ts";
import { type SearchSpace, searchSpace } from "./search-space.ts";
import type { TuneSettings } from "./settings.ts";
import { Trials, type TrialsSetting } from "./trials.ts";

export interface TunePlan {
  readonly settings: TuneSettings;
  readonly objective: Metric;
  /** One per seed. */
  readonly setups: readonly RunSetup[];
  readonly space: SearchSpace;
}

/** Loads and checks everything before the first run. Throws InputError or RequestError. */
export async function planTuning(
  settings: TuneSettings,
  objective: Metric,
  workbench: Workbench<Library>,
): Promise<TunePlan> {
  const { request, seeds, grid } = settings;
  if (objective.better === "neither") {
    throw new RequestError(`${objective.name} cannot be an objective: neither direction of it is better`);
  }
  const setups: RunSetup[] = [];
  for (const seed of seeds) setups.push(await prepare({ ...request, seed }, workbench));
  refuseAbsent(objective, setups[0]!);
  const space = searchSpace(setups[0]!.scheduler, settings);
  const { length } = space.parameters;
  if (grid === "on" && length > MOST_GRID_PARAMETERS) {
    throw new RequestError(
      `--grid takes at most ${MOST_GRID_PARAMETERS} parameters, not ${length}: choose with --search`,
    );
  }
  const twice = space.parameters.find(({ name }) => name in request.parameters);
  if (twice !== undefined) {
    throw new RequestError(`"${twice.name}" is searched, so -p cannot fix it; --start says where it starts`);
  }
  return { settings, objective, setups, space };
}

/** Where some energies are known, only the runs show whether they are enough. */
function refuseAbsent(objective: Metric, { energies }: RunSetup): void {
  if (objective.needs !== "energy" || !knowsNoEnergy(energies)) return;
  throw new RequestError(
    absentObjective(objective, unknownEnergyText(energyGaps(energies))!, ({ needs }) => needs === undefined),
  );
}

export interface Tuned {
  /** The start, then the point after each step. */
  readonly path: readonly Step[];
  /** undefined if not even the start finished. */
  readonly found: Trial | undefined;
  readonly trials: number;
  readonly isFinished: boolean;
  /** undefined if not requested or not finished. */
  readonly grid: readonly Trial[] | undefined;
  /** The error that stopped the search; undefined if all runs finished. */
  readonly failure: { readonly error: unknown } | undefined;
}

/** Maximum number of runs of the search and the grid together. */
export function mostRuns({ settings, space }: TunePlan): number {
  const { steps, seeds, grid } = settings;
  const searched = 1 + steps * (2 * space.parameters.length + 1);
  return (searched + (grid === "on" ? gridPoints(space.parameters).length : 0)) * seeds.length;
}

/** Independent points run concurrently. The outcome equals that of running them one by one. */
export async function tune(plan: TunePlan, executor: PointExecutor, signal: AbortSignal): Promise<Tuned> {
  const { settings, space } = plan;
  const trials = new Trials(trialsSetting(plan), executor, signal);
  const searched = await searchBest(plan, trials);
  if (searched.failure !== undefined || settings.grid === "off") return searched;
  const { finished, failure } = await trials.of(gridPoints(space.parameters));
  return failure === undefined ? { ...searched, grid: finished } : { ...searched, failure };
}

const trialsSetting = ({ settings, objective, space }: TunePlan): TrialsSetting => ({
  request: settings.request,
  names: space.parameters.map(({ name }) => name),
  seeds: settings.seeds,
  objective,
});

async function searchBest({ settings, objective, space }: TunePlan, trials: Trials): Promise<Tuned> {
  const { steps, radius } = settings;
  const search = new NeighbourSearch(space.parameters, space.start, { steps, radius });
  const path: Step[] = [];
  let failure: Tuned["failure"];
  while (!search.isDone && failure === undefined) {
    const tried = await trials.of(search.nextPoints());
    for (const { value } of tried.finished) {
      search.report(objective.better === "lower" ? value : -value);
      if (search.path.length > path.length) path.push(stepOf(search, trials));
    }
    failure = tried.failure;
  }
  const found = search.best === undefined ? undefined : trials.at(search.best.point);
  return { path, found, trials: trials.count, isFinished: search.isDone, grid: undefined, failure };
}

/** The point after the last step. */
function stepOf(search: NeighbourSearch, trials: Trials): Step {
  const { step, point } = search.path.at(-1)!;
  return { step, ...trials.at(point), bestValue: trials.at(search.best!.point).value };
}
