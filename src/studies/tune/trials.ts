/** What points of a search space are worth: runs with every seed, each point once. */

import { mean } from "../../analysis/statistics/mean.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { Trial } from "../../records/tuning.ts";
import { runOnce } from "../../run/run-once.ts";
import type { RunSetup } from "../../run/run-setup.ts";
import type { Point } from "../../schedulers/dream/neighbour-search.ts";
import type { Around } from "../runs/run-all.ts";

export class Trials {
  readonly #setups: readonly RunSetup[];
  readonly #names: readonly string[];
  readonly #objective: Metric;
  readonly #around: Around;
  readonly #known = new Map<string, Trial>();

  /** `setups`: one a seed. */
  constructor(setups: readonly RunSetup[], names: readonly string[], objective: Metric, around: Around) {
    this.#setups = setups;
    this.#names = names;
    this.#objective = objective;
    this.#around = around;
  }

  /** Different points so far. */
  get count(): number {
    return this.#known.size;
  }

  /** Mean of the objective over the seeds. Throws RequestError where a run has nothing to measure. */
  at(point: Point): Trial {
    const key = point.join(" ");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const trial = this.#evaluate(point);
    this.#known.set(key, trial);
    return trial;
  }

  #evaluate(point: Point): Trial {
    const params = Object.fromEntries(this.#names.map((name, i) => [name, point[i]!]));
    const values = this.#setups.map((setup) => {
      const parameters = { ...setup.parameters, ...params };
      const { result } = this.#around(() => runOnce({ ...setup, parameters }));
      return result.metrics[this.#objective.name] ?? this.#refuse(setup);
    });
    return { params, value: mean(values) };
  }

  #refuse({ program, seed }: RunSetup): never {
    const { name } = this.#objective;
    throw new RequestError(`${name} has nothing to measure in ${program.scenario.name} with seed ${seed}`);
  }
}
