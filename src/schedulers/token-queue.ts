// Hot: one scan of the ready jobs a decision, and a look at those in front of the first candidate.
/**
 * Who may run by tokens. Source: Choi and Rhu, PREMA, HPCA 2020, algorithm 2, lines 9 and 10: the candidates are the jobs
 * whose token passes the largest token rounded down to a priority level.
 * Adaptation: with the published strict comparison nobody passes where the largest token is a level, as when all jobs have
 * just come: `at-least` (as two of three peers) or `above`, where the oldest job then goes (as the third). A
 * running job takes part as if it waited: it keeps its accelerator unless the waiting candidate would be chosen instead.
 */
import type { JobList, ReadyJob, RunningJob, SchedulerParameter } from "../core/scheduler.ts";
import type { TokenLedger } from "./token-ledger.ts";

export type Comparison = "at-least" | "above";
export type FreshTokens = "counted" | "ignored";

export const levels: SchedulerParameter = {
  kind: "text",
  name: "levels",
  summary: "priority levels, rising, separated by commas; the threshold is the largest token rounded down to one",
  default: "1,3,9",
};

export const comparison: SchedulerParameter = {
  kind: "choice",
  name: "comparison",
  summary: "how a candidate's token passes the threshold; above: the oldest job goes where none does",
  default: "at-least",
  choices: ["at-least", "above"],
};

export const freshTokens: SchedulerParameter = {
  kind: "choice",
  name: "freshTokens",
  summary: "whether tokens of jobs that no event has seen before count for the threshold",
  default: "counted",
  choices: ["counted", "ignored"],
};

/** Throws RangeError for anything but rising numbers separated by commas. */
export function levelsOf(text: string): readonly number[] {
  const given = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const isRising = given.every((level, i) => Number.isFinite(level) && (i === 0 || level > given[i - 1]!));
  if (!isRising) throw new RangeError(`levels must be rising numbers separated by commas, got "${text}"`);
  return given;
}

export class TokenQueue {
  readonly #ledger: TokenLedger;
  readonly #levels: readonly number[];
  readonly #isStrict: boolean;
  readonly #areFreshIgnored: boolean;
  /** Of the last choice. */
  #largest = -Infinity;

  constructor(
    ledger: TokenLedger,
    rules: { levels: readonly number[]; comparison: Comparison; freshTokens: FreshTokens },
  ) {
    this.#ledger = ledger;
    this.#levels = rules.levels;
    this.#isStrict = rules.comparison === "above";
    this.#areFreshIgnored = rules.freshTokens === "ignored";
  }

  /** The first candidate, in the order of the list, of the jobs that may be chosen; undefined: none may. */
  choose(jobs: JobList<ReadyJob>, isEligible: (job: ReadyJob) => boolean): ReadyJob | undefined {
    this.#largest = this.#largestToken(jobs, isEligible);
    const threshold = this.#levelOf(this.#largest);
    for (let i = 0; i < jobs.length; i++) {
      const job = jobs.at(i);
      if (isEligible(job) && this.#passes(this.#ledger.token(job), threshold)) return job;
    }
    return oldest(jobs, isEligible);
  }

  /** Whether the job just chosen would be chosen before a running one too; `isFirst`: it is in front of it in order. */
  isChosenBefore(waiting: ReadyJob, running: RunningJob, isFirst: (a: ReadyJob, b: RunningJob) => boolean): boolean {
    const runningToken = this.#ledger.runningToken(running);
    const threshold = this.#levelOf(Math.max(this.#largest, runningToken));
    if (!this.#passes(this.#ledger.token(waiting), threshold)) return false;
    return !this.#passes(runningToken, threshold) || isFirst(waiting, running);
  }

  /** The level that a running job's token reaches. */
  runningLevel(job: RunningJob): number {
    return this.#levelOf(this.#ledger.runningToken(job));
  }

  /** Every waiting job's token is brought up to date here, also of those that may not be chosen. */
  #largestToken(jobs: JobList<ReadyJob>, isEligible: (job: ReadyJob) => boolean): number {
    let largest = -Infinity;
    for (let i = 0; i < jobs.length; i++) {
      const job = jobs.at(i);
      const token = this.#ledger.token(job);
      if (token <= largest || (this.#areFreshIgnored && this.#ledger.isFresh(job))) continue;
      if (isEligible(job)) largest = token;
    }
    return largest;
  }

  /** Rounded down to a level; below the lowest every token passes. */
  #levelOf(token: number): number {
    const { length } = this.#levels;
    for (let i = length - 1; i >= 0; i--) if (this.#levels[i]! <= token) return this.#levels[i]!;
    return -Infinity;
  }

  #passes(token: number, threshold: number): boolean {
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

/** By release, then task, then job. */
export function arrivedBefore(a: ReadyJob, b: ReadyJob): boolean {
  if (a.releaseNs !== b.releaseNs) return a.releaseNs < b.releaseNs;
  return a.task.index < b.task.index || (a.task === b.task && a.jobIndex < b.jobIndex);
}
