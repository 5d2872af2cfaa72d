/** A neural network: an ordered list of layers, in one or more variants, with optional dynamic behaviour. */
import type { Layer } from "./layer.ts";

/** A neural network: one variant, or the several of a supernet. */
export interface Model {
  /** Id, kebab-case. */
  readonly name: string;
  readonly title?: string;
  /** Source of the architecture. */
  readonly source?: string;
  readonly bytesPerElement: number;
  /** At least one; the first is the original (heaviest), the others are lighter ones of a supernet. */
  readonly variants: readonly Variant[];
  readonly accuracy?: AccuracyGoal;
  /** Points at which a job may change its variant: point k is before layer `switchPoints[k][v]` of variant v. */
  readonly switchPoints?: readonly (readonly number[])[];
}

/** What the XRBench accuracy score compares. */
export interface AccuracyGoal {
  readonly metric: string;
  readonly required: number;
  /** Unless the variant that runs has its own `accuracy`. Absent: the goal counts as met. */
  readonly measured?: number;
  readonly better: "higher" | "lower";
}

/** A network of a model: its layers, in order, and its dynamic behaviour. */
export interface Variant {
  readonly name: string;
  /** In the unit of the model's accuracy goal. */
  readonly accuracy?: number;
  /** Empty for a measured model: it has one layer, or those that the rows of a table name. */
  readonly layers: readonly Layer[];
  readonly skips: readonly SkipGate[];
  readonly exits: readonly EarlyExit[];
  readonly loops: readonly VariableLoop[];
}

/** Layers [firstLayer, endLayer) are skipped together with this probability (SkipNet). */
export interface SkipGate {
  readonly firstLayer: number;
  readonly endLayer: number;
  readonly probability: number;
}

/** After layer `afterLayer` the job completes with this probability (BranchyNet, RAPID-RL). */
export interface EarlyExit {
  readonly afterLayer: number;
  readonly probability: number;
  readonly accuracy?: number;
}

/** Layers [firstLayer, firstLayer + layersPerStep x stepProbabilities.length) are the steps of the longest sequence. */
export interface VariableLoop {
  readonly firstLayer: number;
  readonly layersPerStep: number;
  /** stepProbabilities[i]: probability of i + 1 steps; sums to 1. */
  readonly stepProbabilities: readonly number[];
}
