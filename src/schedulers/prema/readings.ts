/**
 * How PREMA is read where no full text of the paper was at hand. One parameter, `reading`, names a whole reading: ours,
 * a peer's, or ours with one point read another way, so that its share in a result can be told. See docs/schedulers.md.
 */
import type { ChoiceParameter } from "../define-scheduler.ts";

export interface Reading {
  /** Which wait adds to a token at an event: token-ledger.ts. */
  readonly wait: "since-last" | "total" | "since-run";
  /** Whether tokens of running jobs are kept, or updated by the wait that they had; matters with a total wait. */
  readonly runningTokens: "keep" | "update";
  /** How a candidate's token passes the threshold; above: the oldest job goes where none does. */
  readonly comparison: "at-least" | "above";
  /** Whether tokens of jobs that no event has seen before count for the threshold. */
  readonly freshTokens: "counted" | "ignored";
  /** Predicted time by which candidates are in order: what remains of the job, or the whole job. */
  readonly estimate: "remaining" | "whole";
  /** Whether the scheduling period restarts when a job is dispatched, or runs free from time 0. */
  readonly timer: "dispatch" | "free";
}

const paper: Reading = {
  wait: "since-last",
  runningTokens: "keep",
  comparison: "at-least",
  freshTokens: "counted",
  estimate: "remaining",
  timer: "dispatch",
};

const names = [
  "paper",
  "dysta",
  "total-wait",
  "total-wait-running",
  "whole-estimate",
  "strict-threshold",
  "fresh-ignored",
  "free-timer",
] as const;

type ReadingName = (typeof names)[number];

export const readings: Readonly<Record<ReadingName, Reading>> = {
  paper,
  /** The artifact of Sparse-DySta (MICRO 2023); with `granularity=layer` and `mechanism=none` its finish times. */
  dysta: { ...paper, wait: "since-run", freshTokens: "ignored" },
  "total-wait": { ...paper, wait: "total" },
  "total-wait-running": { ...paper, wait: "total", runningTokens: "update" },
  "whole-estimate": { ...paper, estimate: "whole" },
  "strict-threshold": { ...paper, comparison: "above" },
  "fresh-ignored": { ...paper, freshTokens: "ignored" },
  "free-timer": { ...paper, timer: "free" },
};

export const reading: ChoiceParameter<ReadingName> = {
  kind: "choice",
  summary:
    "how PREMA is read where the paper leaves it open: as we do (paper), as a peer does, or one point another way",
  default: "paper",
  choices: names,
};
