/** Rules 7 and 8: the layers of a job run in order, whole, at their cost, and never twice unless killed. */
import type { Program } from "../../core/program.ts";
import type { JobRecord, Segment } from "../../core/records.ts";
import type { RunLog } from "../audit.ts";
import { keyOf, nameOf, segmentsByJob } from "./log.ts";

export function workFindings({ program, jobs, segments }: RunLog): string[] {
  const byJob = segmentsByJob(segments);
  const findings = jobs.flatMap((job) => jobFindings(program, job, byJob.get(keyOf(job)) ?? []));
  const known = new Set(jobs.map(keyOf));
  const strangers = [...byJob.keys()].filter((key) => !known.has(key));
  return [...findings, ...strangers.map((key) => `job ${key} (task/index) ran but never ended`)];
}

function jobFindings(program: Program, job: JobRecord, segments: readonly Segment[]): string[] {
  const findings: string[] = [];
  const check = (holds: boolean, what: string) => holds || findings.push(`${nameOf(program, job)} ${what}`);
  const layers = layersOf(program, job);
  let layerIndex = 0;
  let progress = 0;
  let timeNs = job.releaseNs;
  for (const segment of segments) {
    check(segment.startNs >= timeNs, `ran twice at ${segment.startNs} ns`);
    check(segment.layerIndex === layerIndex, `ran layer ${segment.layerIndex} where layer ${layerIndex} was next`);
    check(
      goesOnFrom(program, job, segment, progress),
      `went on at ${segment.progressBefore} of layer ${layerIndex}, not ${progress}`,
    );
    check(
      hasItsLatency(program, job, segment),
      `took a wrong time for layer ${segment.layerIndex} at ${segment.startNs} ns`,
    );
    timeNs = segment.endNs;
    if (segment.end === "kill") [layerIndex, progress] = [0, 0];
    else if (segment.end === "checkpoint") progress = segment.progressAfter;
    else [layerIndex, progress] = [layerIndex + 1, 0];
  }
  check(job.startNs === segments[0]?.startNs, `started at ${job.startNs} ns, not with its first layer`);
  if (job.completionNs !== undefined) {
    check(layerIndex === layers, `completed after ${layerIndex} of ${layers} layers`);
    check(job.completionNs === timeNs, `completed at ${job.completionNs} ns, not with its last layer`);
  }
  const used = [...new Set(segments.map((segment) => segment.acceleratorIndex))];
  check(used.join() === job.accelerators.join(), "names other accelerators than it ran on");
  return findings;
}

/** Where it stopped; on an accelerator whose tiles end elsewhere, at the tile that was begun. */
function goesOnFrom(program: Program, job: JobRecord, segment: Segment, progress: number): boolean {
  const tiles = program.tiles[costIndex(program, job, segment)]!;
  if (tiles === 0) return segment.progressBefore === progress;
  return segment.progressBefore <= progress + TILE_TOLERANCE && segment.progressBefore > progress - 1 / tiles;
}

/** Shares of tiles are binary fractions. */
const TILE_TOLERANCE = 1e-9;

function costIndex(program: Program, job: JobRecord, segment: Segment): number {
  const row = program.tasks[job.taskIndex]!.firstRow[segment.variantIndex]! + segment.layerIndex;
  return row * program.columns + program.firstColumn[segment.acceleratorIndex]! + segment.units - 1;
}

function layersOf(program: Program, job: JobRecord): number {
  const { firstRow, endRow } = program.tasks[job.taskIndex]!;
  return endRow[job.variantIndex]! - firstRow[job.variantIndex]!;
}

/** Work time is the share done of the layer's latency; rounding may move it by a ns (or a tile end by one). */
function hasItsLatency(program: Program, job: JobRecord, segment: Segment): boolean {
  const latencyNs = program.latencyNs[costIndex(program, job, segment)]!;
  const workNs = segment.endNs - segment.startNs - segment.switchInNs - segment.switchOutNs;
  const share = segment.progressAfter - segment.progressBefore;
  // Stopped while its activations were still on their way: no work, and the transfer is cut short.
  if (share === 0 && segment.end !== "completed") return workNs <= 0;
  if (segment.end === "completed" && segment.progressBefore === 0) return workNs === latencyNs;
  return Math.abs(workNs - share * latencyNs) <= 1;
}
