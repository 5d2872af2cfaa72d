/** Numbers of rounds or steps: fixed or drawn from a distribution. */
import type { Times } from "./model-file.ts";

/** The largest number that can be drawn. */
export const longest = (times: Times): number =>
  typeof times === "number" ? times : Math.max(...Object.keys(times).map(Number));

/** [i]: probability of i + 1, normalised so that the sum is 1. */
export function stepProbabilities(times: Readonly<Record<string, number>>): number[] {
  const sum = sumOf(times);
  return Array.from({ length: longest(times) }, (_, i) => (times[i + 1] ?? 0) / sum);
}

/** Whether the probabilities sum to 1, within the precision of decimals (1/3 + 2/3 in six digits). */
export const isComplete = (times: Times): boolean => typeof times === "number" || Math.abs(sumOf(times) - 1) <= 1e-5;

export const sumOf = (times: Readonly<Record<string, number>>): number =>
  Object.values(times).reduce((sum, probability) => sum + probability, 0);
