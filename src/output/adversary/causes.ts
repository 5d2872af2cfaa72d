/** What explanations of a loss share: sentences, and how much a cause must weigh to be one. */
import type { SideFacts } from "../../records/adversary.ts";
import { significant } from "../number-text.ts";

export interface Why {
  readonly what: string;
  readonly cause: string;
}

/** Differences below this share of the run, or of the energy, explain nothing. */
export const LEAST_SHARE = 0.01;

export interface Cause {
  /** Time of accelerators that A loses to it, ms. */
  readonly ms: number;
  readonly sentence: string;
}

/** The first of equal ones. */
export const largestCause = (causes: readonly Cause[]): Cause =>
  causes.reduce((most, cause) => (cause.ms > most.ms ? cause : most));

/** Jobs that missed their deadlines. */
export const missesOf = ({ tasks }: SideFacts): number => tasks.reduce((sum, { violations }) => sum + violations, 0);

export const msText = (ms: number): string => `${significant(ms)} ms`;
