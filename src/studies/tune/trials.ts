/** Evaluates points of a search space: runs each point once with every seed. */

import { mean } from "../../analysis/statistics/mean.ts";
import type { PointExecutor } from "../../executors/point.ts";
import { runInOrder } from "../../executors/run-in-order.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Metric } from "../../metrics/metric.ts";
import { unknownEnergyText } from "../../output/unknown-energy-text.ts";
import type { RunResult } from "../../records/run-result.ts";
import type { Trial } from "../../records/tuning.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { Point } from "../../schedulers/dream/neighbour-search.ts";
import { absentObjective } from "./absent-objective.ts";

export interface TrialsSetting {
  /** The run without its seed and searched parameters. */
  readonly request: Omit<RunRequest, "seed">;
  /** Names of the searched parameters, in the order of a point's numbers. */
  readonly names: readonly string[];
  readonly seeds: readonly number[];
  readonly objective: Metric;
}

/** The trials of a list of points. */
export interface TrialsInOrder {
  /** Results of the points before the first one that failed or did not finish. */
  readonly finished: readonly Trial[];
  /** The error that ended the list there; undefined if all points finished. */
  readonly failure: { readonly error: unknown } | undefined;
}

export class Trials {
  readonly #setting: TrialsSetting;
  readonly #executor: PointExecutor;
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, Trial>();

  constructor(setting: TrialsSetting, executor: PointExecutor, signal: AbortSignal) {
    this.#setting = setting;
    this.#executor = executor;
    this.#signal = signal;
  }

  /** Different points so far. */
  get count(): number {
    return this.#known.size;
  }

  /** The result of a point that was tried. */
  at(point: Point): Trial {
    return this.#known.get(keyOf(point))!;
  }

  /** Tries several points at a time. The outcome equals that of trying them in order. */
  async of(points: readonly Point[]): Promise<TrialsInOrder> {
    const failure = await this.#run(points.filter((point) => !this.#known.has(keyOf(point))));
    const firstUnknown = points.findIndex((point) => !this.#known.has(keyOf(point)));
    const finished = firstUnknown < 0 ? points : points.slice(0, firstUnknown);
    return { finished: finished.map((point) => this.at(point)), failure };
  }

  async #run(points: readonly Point[]): Promise<TrialsInOrder["failure"]> {
    const { seeds } = this.#setting;
    const requests = points.flatMap((point) => this.#requests(point));
    const { results, failure } = await runInOrder(this.#executor, requests, {
      signal: this.#signal,
      wanted: "scenario",
    });
    try {
      for (const [index, point] of points.entries()) {
        const own = results.slice(index * seeds.length, (index + 1) * seeds.length);
        const values = own.map((result) => this.#value(result));
        if (values.length < seeds.length) break;
        this.#known.set(keyOf(point), { params: this.#params(point), value: mean(values) });
      }
    } catch (error) {
      return { error };
    }
    return failure;
  }

  #requests(point: Point): readonly RunRequest[] {
    const { request, seeds } = this.#setting;
    const parameters = { ...request.parameters, ...this.#params(point) };
    return seeds.map((seed) => ({ ...request, parameters, seed }));
  }

  #params(point: Point): Trial["params"] {
    return Object.fromEntries(this.#setting.names.map((name, i) => [name, point[i]!]));
  }

  /** Throws RequestError if there is nothing to measure, or the costs do not know what it takes. */
  #value({ metrics, scenario, seed, unknownEnergy = [] }: RunResult): number {
    const { objective } = this.#setting;
    const value = metrics[objective.name];
    if (typeof value === "number") return value;
    const unknown = objective.needs === "energy" ? unknownEnergyText(unknownEnergy) : undefined;
    if (unknown === undefined)
      throw new RequestError(`${objective.name} has nothing to measure in ${scenario} with seed ${seed}`);
    throw new RequestError(absentObjective(objective, unknown, ({ name }) => typeof metrics[name] === "number"));
  }
}

const keyOf = (point: Point): string => point.join(" ");
