/** Runs both schedulers on scenarios, with the same seeds, and compares them. What is known is not run again. */
import { createHash } from "node:crypto";
import { errorOf } from "../../executors/error-of.ts";
import type { PointExecutor, PointOutcome, PointSource } from "../../executors/point.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { Loss } from "../../records/adversary.ts";
import type { RunResult } from "../../records/run-result.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import { type BoundSide, boundValues, isBound } from "./bound-side.ts";
import type { Genome } from "./genome.ts";
import type { Journal, SideValues } from "./journal.ts";
import { lossOf } from "./loss.ts";
import { requestOf } from "./written.ts";

/** A scheduler as requests name it. */
export interface SideRequest extends Pick<RunRequest, "scheduler" | "parameters"> {
  readonly label: string;
}

export interface EvaluationSetting {
  readonly a: SideRequest;
  readonly b: SideRequest | BoundSide;
  readonly metric: Metric;
  readonly seeds: readonly number[];
  /** Path of the scenario whose values are replaced. */
  readonly carrier: string;
}

/** A loss, or the reason why there is none. */
export type Evaluation =
  | { readonly kind: "compared"; readonly loss: Loss; readonly worstSeed: number }
  | { readonly kind: "refused"; readonly reason: string };

export interface EvaluatorOptions {
  readonly executor: PointExecutor;
  readonly journal: Journal;
  readonly signal: AbortSignal;
}

/** Of both sides in a scenario. */
interface Keys {
  readonly a: string;
  readonly b: string;
}

/** What one scheduler still has to run of a scenario. */
interface Missing {
  readonly key: string;
  readonly genome: Genome;
  readonly requests: readonly RunRequest[];
}

export class Evaluator {
  readonly #setting: EvaluationSetting;
  readonly #options: EvaluatorOptions;

  constructor(setting: EvaluationSetting, options: EvaluatorOptions) {
    this.#setting = setting;
    this.#options = options;
  }

  /** In the order of the genomes. Rejects if a policy breaks its contract. */
  async evaluate(genomes: readonly Genome[]): Promise<readonly Evaluation[]> {
    const { journal } = this.#options;
    const keys = genomes.map((genome) => this.#keysOf(genome));
    const missing = new Map<string, Missing>();
    for (const [index, genome] of genomes.entries()) {
      const { a, b } = keys[index]!;
      journal.asked(a);
      journal.asked(b);
      for (const { key, side } of this.#unknown(keys[index]!)) missing.set(key, this.#missing(key, genome, side));
    }
    await this.#run([...missing.values()]);
    return keys.map((key) => this.#compared(journal.get(key.a)!, journal.get(key.b)!));
  }

  /** The schedulers that have to run. A bound comes with a run of A. */
  #unknown(keys: Keys): readonly { readonly key: string; readonly side: SideRequest }[] {
    const { a, b } = this.#setting;
    const isUnknown = (key: string): boolean => this.#options.journal.get(key) === undefined;
    const ofA = { key: keys.a, side: a };
    if (isBound(b)) return isUnknown(keys.a) || isUnknown(keys.b) ? [ofA] : [];
    return [ofA, { key: keys.b, side: b }].filter(({ key }) => isUnknown(key));
  }

  #keysOf(genome: Genome): Keys {
    const { a, b } = this.#setting;
    return { a: keyOf(genome, a), b: isBound(b) ? boundKeyOf(genome, a) : keyOf(genome, b) };
  }

  #missing(key: string, genome: Genome, { scheduler, parameters }: SideRequest): Missing {
    const { carrier, seeds } = this.#setting;
    const request = requestOf(genome, carrier);
    return { key, genome, requests: seeds.map((seed) => ({ ...request, scheduler, parameters, seed })) };
  }

  async #run(missing: readonly Missing[]): Promise<void> {
    if (missing.length === 0) return;
    const perSide = this.#setting.seeds.length;
    const ended = missing.map(() => [] as PointOutcome[]);
    const points: PointSource = {
      count: missing.length * perSide,
      caseSize: perSide,
      // A bound may depend on what each task missed.
      ...(!isBound(this.#setting.b) && { wanted: "scenario" }),
      request: (index) => missing[Math.floor(index / perSide)]!.requests[index % perSide]!,
    };
    const { executor, signal } = this.#options;
    const record = (outcome: PointOutcome): void => {
      const at = Math.floor(outcome.index / perSide);
      ended[at]!.push(outcome);
      if (ended[at]!.length === perSide) this.#learn(missing[at]!, ended[at]!);
    };
    await executor.run(points, record, signal);
  }

  /** The bound first: whose A is known is not run again. */
  #learn({ key, genome }: Missing, outcomes: readonly PointOutcome[]): void {
    const { a, b, carrier } = this.#setting;
    const { journal } = this.#options;
    const { side, results } = this.#side(outcomes);
    if (isBound(b)) {
      const bound = "refused" in side ? side : boundValues(b, requestOf(genome, carrier), results);
      journal.add(boundKeyOf(genome, a), bound);
    }
    // Known already if A met another scheduler here before.
    if (journal.get(key) === undefined) journal.add(key, side);
  }

  /** Throws what is no fault of the scenario. */
  #side(outcomes: readonly PointOutcome[]): { readonly side: SideValues; readonly results: readonly RunResult[] } {
    const values: number[] = [];
    const results: RunResult[] = [];
    const refused = (reason: string) => ({ side: { refused: reason }, results });
    for (const outcome of outcomes.toSorted((x, y) => x.index - y.index)) {
      if (outcome.kind === "failed") {
        if (outcome.failure.kind !== "input") throw errorOf(outcome.failure);
        return refused(firstLines(outcome.failure.message));
      }
      const value = outcome.result.metrics[this.#setting.metric.name];
      if (typeof value !== "number") return refused(`${this.#setting.metric.name} has nothing to measure`);
      values.push(value);
      results.push(outcome.result);
    }
    return { side: { values }, results };
  }

  #compared(a: SideValues, b: SideValues): Evaluation {
    const { metric, seeds } = this.#setting;
    if ("refused" in a) return { kind: "refused", reason: a.refused };
    if ("refused" in b) return { kind: "refused", reason: b.refused };
    const loss = lossOf(metric.better, a.values, b.values);
    if (loss === undefined) return { kind: "refused", reason: `${metric.name} is negative` };
    return { kind: "compared", loss, worstSeed: worstSeed(seeds, metric, a.values, b.values) };
  }
}

/** The seed that shows the loss most, the first of several. */
function worstSeed(seeds: readonly number[], { better }: Metric, a: readonly number[], b: readonly number[]): number {
  const losses = seeds.map((_, i) => lossOf(better, [a[i]!], [b[i]!])?.ratio ?? 0);
  return seeds[losses.indexOf(Math.max(...losses))]!;
}

/** A message with a list of reasons is as long as the list. */
const firstLines = (message: string): string => message.split("\n").slice(0, 2).join(" ").slice(0, 300);

/** Equal for equal scenarios and schedulers. */
const keyOf = (genome: Genome, { scheduler, parameters }: SideRequest): string =>
  hashOf([genome, scheduler, parameters]);

/** A bound may be that of the schedules that miss no more than A. */
const boundKeyOf = (genome: Genome, { scheduler, parameters }: SideRequest): string =>
  hashOf([genome, "bound", scheduler, parameters]);

const hashOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
