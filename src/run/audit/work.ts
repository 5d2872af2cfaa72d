/** Rules 7 and 8: a job runs its layers in order, completely, at their cost, and repeats one only after a kill. */

import type { Program } from "../../core/program.ts";
import { costIndexOf } from "../../core/program.ts";
import type { JobRecord, Segment } from "../../core/records.ts";
import { keyOf, layerNsOf, nameOf, segmentsByJob } from "./log.ts";
import { leavesAfter, ownLayers } from "./own-layers.ts";
import type { RunLog } from "./run-log.ts";

export function workFindings({ program, options, jobs, segments }: RunLog): string[] {
  const byJob = segmentsByJob(segments);
  const findings = jobs.flatMap((job) => jobFindings(program, options.seed, job, byJob.get(keyOf(job)) ?? []));
  const known = new Set(jobs.map(keyOf));
  const unended = [...byJob.keys()].filter((key) => !known.has(key));
  return [...findings, ...unended.map((key) => `job ${key} (task/index) ran but never ended`)];
}

function jobFindings(program: Program, seed: number, job: JobRecord, segments: readonly Segment[]): string[] {
  const findings: string[] = [];
  const check = (holds: boolean, what: string) => holds || findings.push(`${nameOf(program, job)} ${what}`);
  const path = new Path(program, seed, job);
  let progress = 0;
  let timeNs = job.releaseNs;
  for (const segment of segments) {
    check(segment.startNs >= timeNs, `ran twice at ${segment.startNs} ns`);
    const next = path.nextIn(segment.variantIndex, progress);
    check(next === segment.layerIndex, `ran layer ${segment.layerIndex} where layer ${next} was next`);
    check(
      goesOnFrom(program, segment, progress),
      `went on at ${segment.progressBefore} of layer ${segment.layerIndex}, not ${progress}`,
    );
    check(
      hasItsLatency(program, seed, segment, job.scale ?? 1),
      `took a wrong time for layer ${segment.layerIndex} at ${segment.startNs} ns`,
    );
    timeNs = segment.endNs;
    progress = segment.end === "checkpoint" ? segment.progressAfter : 0;
    if (segment.end === "kill") path.restart(segment.variantIndex);
    else if (segment.end === "completed") path.ran(segment);
  }
  check(job.startNs === segments[0]?.startNs, `started at ${job.startNs} ns, not with its first layer`);
  if (job.completionNs !== undefined) {
    check(path.isAtEnd, "completed before its last layer");
    check(job.completionNs === timeNs, `completed at ${job.completionNs} ns, not with its last layer`);
  }
  const used = [...new Set(segments.map((segment) => segment.acceleratorIndex))];
  check(used.join() === job.accelerators.join(), "names other accelerators than it ran on");
  return findings;
}

/** Follows a job through the layers that it has to run. */
class Path {
  readonly #layersOf: (variantIndex: number) => readonly number[];
  readonly #switchPoints: readonly (readonly number[])[];
  readonly #leavesAfter: (segment: Segment) => boolean;
  /** Undefined until something has run. Until then any variant may be chosen. */
  #variantIndex: number | undefined;
  /** First layer of the variant that the job has not passed; Infinity after it left by an exit. */
  #at = 0;

  constructor(program: Program, seed: number, job: JobRecord) {
    const known = new Map<number, readonly number[]>();
    this.#layersOf = (variantIndex) => {
      const layers = known.get(variantIndex) ?? ownLayers(program, seed, job, variantIndex);
      known.set(variantIndex, layers);
      return layers;
    };
    this.#leavesAfter = (segment) => leavesAfter(program, seed, job, segment);
    this.#switchPoints = program.tasks[job.taskIndex]!.task.model.switchPoints ?? [];
  }

  /** Next layer if the job continues in a variant; undefined if it must not, or has no layers left. */
  nextIn(variantIndex: number, progress: number): number | undefined {
    if (this.#variantIndex !== undefined && variantIndex !== this.#variantIndex) {
      const here = this.#next(this.#variantIndex, this.#at);
      const point = this.#switchPoints.find((each) => each[this.#variantIndex!] === here);
      if (point === undefined || progress > 0) return undefined;
      this.#at = point[variantIndex]!;
    }
    this.#variantIndex = variantIndex;
    return this.#next(variantIndex, this.#at);
  }

  ran(segment: Segment): void {
    this.#at = this.#leavesAfter(segment) ? Infinity : segment.layerIndex + 1;
  }

  restart(variantIndex: number): void {
    this.#variantIndex = variantIndex;
    this.#at = 0;
  }

  get isAtEnd(): boolean {
    return this.#variantIndex !== undefined && this.#next(this.#variantIndex, this.#at) === undefined;
  }

  #next(variantIndex: number, from: number): number | undefined {
    return this.#layersOf(variantIndex).find((layer) => layer >= from);
  }
}

/** A job resumes where it stopped. With other tile boundaries, it resumes at the start of the tile that it was in. */
function goesOnFrom(program: Program, segment: Segment, progress: number): boolean {
  const tiles = program.tiles[costIndexOf(program, segment)]!;
  if (tiles === 0) return segment.progressBefore === progress;
  return segment.progressBefore <= progress + TILE_TOLERANCE && segment.progressBefore > progress - 1 / tiles;
}

/** Shares of tiles are binary fractions. */
const TILE_TOLERANCE = 1e-9;

/** Work time is the completed share of the layer's time. Rounding may shift it by 1 ns, contention by another. */
function hasItsLatency(program: Program, seed: number, segment: Segment, scale: number): boolean {
  const { overheadNs = 0, lagNs = 0, switchInNs, switchOutNs } = segment;
  const latencyNs = layerNsOf(program, seed, segment, scale);
  const loadWaitNs = segment.load?.waitNs ?? 0;
  const workNs = segment.endNs - segment.startNs - overheadNs - switchInNs - loadWaitNs - switchOutNs;
  const share = segment.progressAfter - segment.progressBefore;
  // The segment stopped during the transfer of its activations: it did no work, and the transfer was cut short.
  if (share === 0 && segment.end !== "completed") return workNs - lagNs <= (lagNs > 0 ? 1 : 0);
  if (segment.end === "completed" && segment.progressBefore === 0 && lagNs === 0) return workNs === latencyNs;
  return Math.abs(workNs - lagNs - share * latencyNs) <= (lagNs > 0 ? 2 : 1);
}
