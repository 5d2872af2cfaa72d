/** Helpers of the rules: they name jobs and group a log by job. */
import { costIndexOf, type Program } from "../../core/program.ts";
import type { JobRecord, Segment } from "../../core/records.ts";
import { drawnNs } from "../../core/spread.ts";

export interface Named {
  readonly taskIndex: number;
  readonly jobIndex: number;
}

export const keyOf = ({ taskIndex, jobIndex }: Named): string => `${taskIndex}/${jobIndex}`;

export const nameOf = (program: Program, job: Named): string =>
  `job ${job.jobIndex} of task "${program.tasks[job.taskIndex]!.task.id}"`;

/** Work of jobs relative to their models' costs, by key; the rule on releases holds it against the scenario. */
export function scalesOf(jobs: readonly JobRecord[]): (job: Named) => number {
  const scales = new Map(jobs.flatMap((job) => (job.scale === undefined ? [] : [[keyOf(job), job.scale]])));
  return (job) => scales.get(keyOf(job)) ?? 1;
}

/** Orders segments by time. A segment that was killed in the instant it began has no length. */
export const byStart = (a: Segment, b: Segment): number => a.startNs - b.startNs || a.endNs - b.endNs;

/** Segments of each job, ordered by time. */
export function segmentsByJob(segments: readonly Segment[]): ReadonlyMap<string, readonly Segment[]> {
  const groups = new Map<string, Segment[]>();
  for (const segment of segments) {
    const group = groups.get(keyOf(segment));
    if (group === undefined) groups.set(keyOf(segment), [segment]);
    else group.push(segment);
  }
  for (const group of groups.values()) group.sort(byStart);
  return groups;
}

/** The operating point of a segment; neutral factors if the accelerator has none. */
export function operatingPointOf(program: Program, { acceleratorIndex, operatingPoint }: Segment) {
  const points = program.system.accelerators[acceleratorIndex]!.operatingPoints;
  return (operatingPoint === undefined ? undefined : points?.[operatingPoint]) ?? { speed: 1, energyFactor: 1 };
}

/** Time of a segment's whole layer at its operating point and its job's scale, as drawn for its job. */
export function layerNsOf(program: Program, seed: number, segment: Segment, scale: number): number {
  const { taskIndex, jobIndex, layerIndex } = segment;
  const at = costIndexOf(program, segment);
  const nominalNs = program.latencyNs[at]!;
  const spread = program.spreads?.[at];
  const ns = spread === undefined ? nominalNs : drawnNs(spread, nominalNs, seed, taskIndex, jobIndex, layerIndex);
  return Math.round((ns * scale) / operatingPointOf(program, segment).speed);
}
