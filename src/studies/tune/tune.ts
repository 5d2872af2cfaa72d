/** Searches the parameters of a scheduler for the best objective. */

import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { Step, Trial } from "../../records/tuning.ts";
import { prepare } from "../../run/prepare.ts";
import type { RunSetup } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import { NeighbourSearch, type Point } from "../../schedulers/dream/neighbour-search.ts";
import type { Around } from "../runs/run-all.ts";
import { gridPoints, MOST_GRID_PARAMETERS } from "./grid.ts";
import { type SearchSpace, searchSpace } from "./search-space.ts";
import type { TuneSettings } from "./settings.ts";
import { Trials } from "./trials.ts";

export interface TunePlan {
  readonly settings: TuneSettings;
  readonly objective: Metric;
  /** One a seed. */
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
  const space = searchSpace(setups[0]!.scheduler, settings);
  const { length } = space.parameters;
  if (grid === "on" && length > MOST_GRID_PARAMETERS) {
    throw new RequestError(
      `--grid takes at most ${MOST_GRID_PARAMETERS} parameters, not ${length}: choose with --params`,
    );
  }
  const twice = space.parameters.find(({ name }) => name in request.parameters);
  if (twice !== undefined) {
    throw new RequestError(`"${twice.name}" is searched, so -p cannot fix it; --start says where it starts`);
  }
  return { settings, objective, setups, space };
}

export interface Tuned {
  /** The start, then where each step led. */
  readonly path: readonly Step[];
  /** undefined: not even the start was finished. */
  readonly found: Trial | undefined;
  readonly trials: number;
  readonly isFinished: boolean;
  /** undefined: not asked for, or not finished. */
  readonly grid: readonly Trial[] | undefined;
  /** What stopped the rest; undefined: all was finished. */
  readonly failure: { readonly error: unknown } | undefined;
}

export function tune({ settings, objective, setups, space }: TunePlan, around: Around): Tuned {
  const { steps, radius } = settings;
  const search = new NeighbourSearch(space.parameters, space.start, { steps, radius });
  const trials = new Trials(
    setups,
    space.parameters.map(({ name }) => name),
    objective,
    around,
  );
  const costAt = (point: Point): number => trials.at(point).value * (objective.better === "lower" ? 1 : -1);
  const soFar = (count: number, failure: Tuned["failure"], grid?: readonly Trial[]): Tuned => ({
    path: search.path.map(({ step, point }, i) => ({ step, ...trials.at(point), bestValue: bestValues[i]! })),
    found: search.best === undefined ? undefined : trials.at(search.best.point),
    trials: count,
    isFinished: search.isDone,
    grid,
    failure,
  });
  const bestValues: number[] = [];
  let searched: number | undefined;
  try {
    while (!search.isDone) {
      search.report(costAt(search.nextPoint()));
      if (search.path.length > bestValues.length) bestValues.push(trials.at(search.best!.point).value);
    }
    searched = trials.count;
    const grid = settings.grid === "on" ? gridPoints(space.parameters).map((point) => trials.at(point)) : undefined;
    return soFar(searched, undefined, grid);
  } catch (error) {
    return soFar(searched ?? trials.count, { error });
  }
}
