/** Settings of `rtmm tune`. */
import type { RunRequest } from "../../run/run-setup.ts";

export interface TuneSettings {
  /** The run for every point and seed. Its parameters are the ones that are not searched. */
  readonly request: Omit<RunRequest, "seed">;
  /** Names of parameters, or `name=from..to`; undefined: the first two that have a range. */
  readonly searched: readonly string[] | undefined;
  /** Start of the search. Other parameters start from their defaults. */
  readonly start: Readonly<Record<string, number>>;
  readonly steps: number;
  /** Distance of the first neighbours as a share of each range: above 0, at most 1. */
  readonly radius: number;
  /** At least one. */
  readonly seeds: readonly number[];
  readonly grid: "on" | "off";
}

/** The papers take five steps. The first neighbours are at a quarter of the range. */
export const tuneDefaults = { steps: 5, radius: 0.25, seeds: 1, objective: "uxCost" } as const;
