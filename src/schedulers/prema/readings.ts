/**
 * How to read PREMA, whose full text was not available. The parameter `reading` names a whole reading: ours, a peer's,
 * or ours with one point changed, which shows how much that point matters. docs/schedulers.md lists them.
 */
import type { ChoiceParameter } from "../define-scheduler.ts";

export interface Reading {
  /** Which wait adds to a token at an event: token-ledger.ts. */
  readonly wait: "since-last" | "total" | "since-run";
  /** Whether running jobs keep their tokens, or gain by the wait that they had; matters with `wait: "total"`. */
  readonly runningTokens: "keep" | "update";
  /** How a candidate's token passes the threshold; with `above`, the oldest job goes if none passes. */
  readonly comparison: "at-least" | "above";
  /** Whether tokens of jobs that no event has seen before count for the threshold. */
  readonly freshTokens: "counted" | "ignored";
  /** The predicted time that orders candidates: what remains of the job, or the whole job. */
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
  /** The artifact of Sparse-DySta (MICRO 2023); test/peers/dysta holds it to the artifact's finish times. */
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
  summary: "what the paper leaves open: our reading (paper), a peer's, or ours with one point changed",
  default: "paper",
  choices: names,
};
