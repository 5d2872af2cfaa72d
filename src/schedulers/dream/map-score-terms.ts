// Hot: runs for every pair of a ready job and an idle accelerator, at every decision.
/**
 * MapScore rates a pair of a job's next layer and an accelerator. Source: DREAM (ASPLOS 2023) / SDRM3.
 * docs/schedulers.md explains the terms.
 * Adaptation: sums and means over accelerators include only those that can run the layer. As divisors, latencies count
 * as at least 1 ns and energies as at least 1 pJ. Preferences are those of a job of scale 1.
 * Adaptation: where the energy of a layer is not known on one of them, its energies count as equal on all and its context
 * switches as free: the energy term prefers none.
 */
import type { AcceleratorView, ReadyJob } from "../../core/scheduler.ts";
import type { ParameterDeclarations, ValuesOf } from "../define-scheduler.ts";

/** Weights of starvation and energy against urgency. */
export const weightParameters = {
  // The middle of the range, where the search starts: all corners are equally far.
  alpha: { kind: "number", summary: "weight of starvation", default: 1, min: 0, max: 2 },
  beta: { kind: "number", summary: "weight of the energy preference", default: 1, min: 0, max: 2 },
} satisfies ParameterDeclarations;

const urgencyParameters = {
  epsilonMs: {
    kind: "number",
    summary: "least slack that urgency divides by; late jobs count as having this much",
    // Adaptation: the source gives no value. This is the resolution of time, so it affects only jobs without slack.
    default: 0.000001,
    min: 0.000001,
  },
  urgencyCap: {
    kind: "text",
    summary: "highest urgency, a number above 0, or none (SDRM3 in the Dysta artifact caps at 1)",
    default: "none",
  },
} satisfies ParameterDeclarations;

export const mapScoreParameters = { ...weightParameters, ...urgencyParameters };

export type MapScoreValues = ValuesOf<typeof mapScoreParameters>;

export const scoreOf = (
  urgency: number,
  latencyPreference: number,
  alpha: number,
  starvation: number,
  beta: number,
  energyPreference: number,
): number => urgency * latencyPreference + alpha * starvation + beta * energyPreference;

/** All that is left of the job, each layer at its mean over accelerators, ns. */
export const toGo = (job: ReadyJob): number => job.meanRemainingNs;

/** Time to the deadline, ns; negative past it, Infinity without one. */
export const slack = (job: ReadyJob, nowNs: number): number => job.deadlineNs - nowNs;

/** The share of its slack that a job needs; from 0 to the cap. */
export const urgencyOf = (toGoNs: number, slackNs: number, epsilonNs: number, cap: number): number =>
  Math.min(toGoNs / Math.max(slackNs, epsilonNs), cap);

/** Time since the job last ran (or was released), in next layers. */
export const starvationOf = (job: ReadyJob, nowNs: number): number =>
  inLayers(nowNs - job.lastRanNs, job.meanLatencyNs);

export const inLayers = (timeNs: number, layerNs: number): number => timeNs / Math.max(layerNs, 1);

/**
 * How cheap the layer is on an accelerator, less the energy of bringing activations and weights there, in energies of the
 * job's layer. `layerPj`: that of a job of scale 1.
 */
export function energyPreferenceOf(
  preference: number,
  job: ReadyJob,
  accelerator: AcceleratorView,
  layerPj: number,
): number {
  const switchPj = job.switchPj(accelerator);
  return switchPj === 0 ? preference : preference - switchPj / Math.max(layerPj * job.scale, 1);
}

export const epsilonNsOf = ({ epsilonMs }: Pick<MapScoreValues, "epsilonMs">): number => epsilonMs * 1e6;

/** Throws RangeError for anything but a number above 0 or none. */
export function urgencyCapOf({ urgencyCap }: MapScoreValues): number {
  if (urgencyCap === "none") return Infinity;
  const cap = Number(urgencyCap);
  if (Number.isFinite(cap) && cap > 0) return cap;
  throw new RangeError(`urgencyCap must be a number above 0 or none, got "${urgencyCap}"`);
}
