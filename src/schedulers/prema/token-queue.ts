// Hot: at most one scan of the ready jobs per decision. In a long queue it ends at the first job of the highest level.
/**
 * Which jobs may run, by their tokens. Source: algorithm 2 of Choi and Rhu, PREMA, HPCA 2020, lines 9 and 10: the
 * candidates are the jobs whose token passes the threshold, which is the largest token rounded down to a priority
 * level.
 * Adaptation: as published, the comparison is strict. Then no token passes if the largest one equals a level, as when
 * all jobs have just arrived. So a token passes if it is `at-least` the threshold; or it must be `above` it, and the
 * oldest job goes if none is (readings.ts). A running job counts as if it waited: it keeps its accelerator unless the
 * waiting candidate would be chosen instead.
 */
import type { JobList, ReadyJob, RunningJob } from "../../core/scheduler.ts";
import { arrivedBefore } from "../selection.ts";
import type { Reading } from "./readings.ts";
import type { TokenLedger } from "./token-ledger.ts";

export class TokenQueue {
  readonly #ledger: TokenLedger;
  /** -Infinity, which every token passes, then the levels. */
  readonly #thresholds: readonly number[];
  readonly #isStrict: boolean;
  readonly #areFreshIgnored: boolean;
  /** By threshold: the first job seen that passes it. */
  readonly #firstPassing: ReadyJob[] = [];
  /** Index of the threshold of the last choice. */
  #reached = 0;

  constructor(
    ledger: TokenLedger,
    levels: readonly number[],
    { comparison, freshTokens }: Pick<Reading, "comparison" | "freshTokens">,
  ) {
    this.#ledger = ledger;
    this.#thresholds = [-Infinity, ...levels];
    this.#isStrict = comparison === "above";
    this.#areFreshIgnored = freshTokens === "ignored";
  }

  /** The first candidate in the order of the list, among the eligible jobs; undefined if no job is eligible. */
  choose(jobs: JobList<ReadyJob>, isEligible: (job: ReadyJob) => boolean): ReadyJob | undefined {
    const top = this.#thresholds.length - 1;
    const isShort = this.#ledger.isMemoryless;
    let reached = 0;
    let passed = -1;
    for (let i = 0; i < jobs.length; i++) {
      const job = jobs.at(i);
      const token = this.#ledger.token(job);
      const level = this.#levelOf(token);
      const passes = this.#isStrict ? this.#levelBelow(token, level) : level;
      const raises = level > reached && !(this.#areFreshIgnored && this.#ledger.isFresh(job));
      if (!(raises || passes > passed) || !isEligible(job)) continue;
      if (raises) reached = level;
      while (passed < passes) this.#firstPassing[++passed] = job;
      // No later job can change the choice.
      if (isShort && reached === top && passed === top) break;
    }
    this.#reached = reached;
    return passed >= reached ? this.#firstPassing[reached] : oldest(jobs, isEligible);
  }

  /** The threshold of the last choice, or the threshold with a running job among the candidates. */
  threshold(running?: RunningJob): number {
    const level = running === undefined ? this.#reached : Math.max(this.#reached, this.runningLevel(running));
    return this.#thresholds[level]!;
  }

  /** Whether the job just chosen would also be chosen before a running one; `isFirst` compares the two in order. */
  isChosenBefore(waiting: ReadyJob, running: RunningJob, isFirst: (a: ReadyJob, b: RunningJob) => boolean): boolean {
    const threshold = this.threshold(running);
    if (!this.passes(this.#ledger.token(waiting), threshold)) return false;
    return !this.passes(this.#ledger.runningToken(running), threshold) || isFirst(waiting, running);
  }

  /** Index of the level that a running job's token reaches. */
  runningLevel(job: RunningJob): number {
    return this.#levelOf(this.#ledger.runningToken(job));
  }

  /** Index of the level that a token reaches. */
  #levelOf(token: number): number {
    let level = this.#thresholds.length - 1;
    while (this.#thresholds[level]! > token) level -= 1;
    return level;
  }

  /** Index of the highest level below the token. */
  #levelBelow(token: number, level: number): number {
    return this.#thresholds[level]! < token ? level : level - 1;
  }

  passes(token: number, threshold: number): boolean {
    return this.#isStrict ? token > threshold : token >= threshold;
  }
}

function oldest(jobs: JobList<ReadyJob>, isEligible: (job: ReadyJob) => boolean): ReadyJob | undefined {
  let first: ReadyJob | undefined;
  for (let i = 0; i < jobs.length; i++) {
    const job = jobs.at(i);
    if ((first === undefined || arrivedBefore(job, first)) && isEligible(job)) first = job;
  }
  return first;
}
