/** The catalogue of metrics, in the order of tables. Tables, CSV, JSON and comparisons follow from it. */
import { meanAccuracyLoss } from "./accuracy.ts";
import * as counts from "./counts.ts";
import { deadlineViolationRate, slaAtN, slaSatisfaction } from "./deadlines.ts";
import { edpMjMs, energyMj, idleEnergyMj } from "./energy.ts";
import * as latency from "./latency.ts";
import type { Curve, Metric } from "./metric.ts";
import { antt, fairness, stp } from "./normalised-turnaround.ts";
import { meanPowerMw, peakPowerMw } from "./power.ts";
import * as reads from "./reads.ts";
import { utilisation } from "./utilisation.ts";
import { uxCost, uxCostGuarded } from "./ux-cost.ts";
import { weightLoads, weightWaitShare } from "./weights.ts";
import * as xrbench from "./xrbench.ts";

/** The catalogue of metrics, in the order in which they are shown. */
export const metrics: readonly Metric[] = [
  uxCost,
  uxCostGuarded,
  slaSatisfaction,
  deadlineViolationRate,
  edpMjMs,
  energyMj,
  idleEnergyMj,
  meanPowerMw,
  peakPowerMw,
  latency.meanResponseMs,
  latency.p50Ms,
  latency.p95Ms,
  latency.p99Ms,
  latency.maxMs,
  latency.endToEndMeanMs,
  latency.endToEndP50Ms,
  latency.endToEndP95Ms,
  latency.endToEndP99Ms,
  latency.endToEndMaxMs,
  latency.motionToPhotonMs,
  latency.motionToPhotonP50Ms,
  latency.motionToPhotonP99Ms,
  latency.motionToPhotonMaxMs,
  latency.reactionMeanMs,
  latency.reactionP50Ms,
  latency.reactionP99Ms,
  latency.reactionMaxMs,
  latency.ageMeanMs,
  latency.ageP50Ms,
  latency.ageP99Ms,
  latency.ageMaxMs,
  reads.unreadShare,
  reads.emptyReads,
  xrbench.xrbenchScore,
  xrbench.xrbenchArtifactScore,
  xrbench.xrbenchRealTime,
  xrbench.xrbenchEnergy,
  xrbench.xrbenchAccuracy,
  xrbench.xrbenchQoe,
  antt,
  stp,
  fairness,
  utilisation,
  weightWaitShare,
  meanAccuracyLoss,
  counts.releasedJobs,
  counts.completedJobs,
  counts.lateJobs,
  counts.droppedJobs,
  counts.droppedLate,
  counts.droppedByPolicy,
  counts.droppedWithParent,
  counts.droppedByQueue,
  counts.refused,
  counts.violations,
  counts.contextSwitches,
  weightLoads,
  counts.preemptions,
  counts.checkpoints,
  counts.kills,
  counts.drains,
  counts.decisions,
];

/** The metrics that all results have, and those of the others that these results have. */
export const presentMetrics = (isPresent: (name: string) => boolean): readonly Metric[] =>
  metrics.filter(({ name, onlyWith, isOptional }) => (onlyWith === undefined && !isOptional) || isPresent(name));

/** The catalogue of metrics with a parameter. */
export const curves: readonly Curve[] = [slaAtN];
