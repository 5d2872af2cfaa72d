/** What a bound is about: a weighted sum of violations and energy, by task. */
import type { BoundedCase, BoundedJob } from "./bounded-jobs.ts";

/**
 * The cost of a task's violations rises from `none` by `first` with the first one and by `next` with each further one.
 * `first` is at most `next`, so the cost is convex.
 */
export interface ViolationCost {
  readonly none: number;
  readonly first: number;
  readonly next: number;
}

export interface Objective {
  /** By task. */
  readonly violations: readonly ViolationCost[];
  /** Cost of 1 pJ, by task. */
  readonly perPj: readonly number[];
  /** Energy that a job which is of no use takes at least, pJ. */
  uselessPj(job: BoundedJob): number;
}

/** Violations as UXCost counts them: the sum of tasks' rates, with half a violation where there is none. */
export const asRates = ({ tasks }: BoundedCase, weight: number): readonly ViolationCost[] =>
  tasks.map(({ due }) => {
    const half = due === 0 ? 0 : weight / (2 * due);
    return { none: half, first: half, next: 2 * half };
  });

/** Each violation counts the same. */
export const asCount = ({ tasks }: BoundedCase, weight: number): readonly ViolationCost[] =>
  tasks.map(() => ({ none: 0, first: weight, next: weight }));

/** Energy as UXCost counts it: relative to the worst case of each task's jobs. */
export const relativeEnergy = ({ tasks }: BoundedCase, weight: number): readonly number[] =>
  tasks.map(({ worstPj }) => (worstPj > 0 ? weight / worstPj : 0));

/** A dropped job may have taken nothing. */
export const nothing = (): number => 0;

/** It is dropped and charged its worst case, or completes and takes its least energy. */
export const guarded = ({ leastPj, worstPj }: BoundedJob): number => Math.min(leastPj, worstPj);
