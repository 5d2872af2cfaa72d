/** Reads the points of a finished sweep once: writes summary.csv and pareto.csv, and builds the report. */

import { OutputFile } from "../../../files/output-file.ts";
import { RequestError } from "../../../input/request-error.ts";
import { metrics, presentMetrics } from "../../../metrics/index.ts";
import type { Metric } from "../../../metrics/metric.ts";
import { coordinatesText } from "../../../output/sweep/coordinates-text.ts";
import { type SummaryColumns, summaryHeader, summaryLine } from "../../../output/sweep/summary-csv.ts";
import { unknownEnergyText } from "../../../output/unknown-energy-text.ts";
import type { UnknownEnergy } from "../../../records/run-result.ts";
import type { SweepGroup, SweepPrecision, SweepReport } from "../../../records/sweep-report.ts";
import type { Requirement } from "../../../run/requirements/requirement.ts";
import { RequirementTally } from "../../../run/requirements/requirement-tally.ts";
import { wholeLines } from "../../folder/file-lines.ts";
import type { SweepManifest } from "../folder/manifest.ts";
import { type DonePoint, isFailed, type PointRecord } from "../folder/point-line.ts";
import { pointRecords } from "../folder/points-file.ts";
import { sweepPaths } from "../folder/sweep-folder.ts";
import { shardText } from "../plan/shard.ts";
import { groupCoordinates, groupsOf } from "./groups.ts";
import { PrecisionTally } from "./precision-tally.ts";
import { ShownGroups } from "./shown-groups.ts";

export interface SummaryOptions {
  /** Metrics of the report. The files have every metric. */
  readonly metrics: readonly Metric[];
  /** Objectives of the front; undefined: all groups may be shown. */
  readonly pareto: readonly Metric[] | undefined;
  readonly requirements: readonly Requirement[];
  /** Maximum number of groups in the report. */
  readonly mostGroups: number;
  /** Default: written. `left alone`: only the report is made. */
  readonly files?: "written" | "left alone";
}

export interface SweepSummary {
  readonly report: SweepReport;
  readonly requirements: RequirementTally;
  /** Why metrics are absent that need energies; undefined: the costs have them all. */
  readonly unknown: string | undefined;
}

/**
 * Memory grows with the shown groups and the front. Throws RequestError if a file cannot be written, and for a front of a
 * metric that no group has; summary.csv is written then.
 */
export function summarise(folder: string, manifest: SweepManifest, options: SummaryOptions): SweepSummary {
  const paths = sweepPaths(folder);
  const pathOf = (path: string): string | undefined => (options.files === "left alone" ? undefined : path);
  const present = metricsOf(paths.points);
  const columns = { coordinates: groupCoordinates(manifest), metrics: present.map(({ name }) => name) };
  const requirements = new RequirementTally(options.requirements);
  const points = new PointCounts(requirements);
  const shown = new ShownGroups(manifest, options);
  const precision = manifest.precision && new PrecisionTally(manifest.precision);
  const groups = groupsOf(points.counted(pointRecords(paths.points)), manifest.seedsPerGroup);
  writeGroups(pathOf(paths.summary), columns, groups, (group) => {
    shown.add(group);
    precision?.add(group);
  });
  if (shown.absentObjective !== undefined) refuseFront(shown.absentObjective, points);
  if (shown.front !== undefined) writeGroups(pathOf(paths.pareto), columns, shown.front);
  const asked = options.metrics.length < metrics.length ? options.metrics : present;
  return {
    report: reportOf(manifest, points, shown, precision?.report(), { ...options, metrics: asked }),
    requirements,
    unknown: unknownEnergyText(points.unknownEnergy),
  };
}

function refuseFront(objective: Metric, { unknownEnergy }: PointCounts): never {
  const unknown = objective.needs === "energy" ? unknownEnergyText(unknownEnergy) : undefined;
  throw new RequestError(
    `${objective.name} is absent from all groups, so it makes no Pareto front: ${unknown ?? "there was nothing to measure"}; give --pareto other metrics`,
  );
}

/** Every metric of a whole run that the points have, some of which only scenarios of a kind do. Reads no line as JSON. */
function metricsOf(path: string): readonly Metric[] {
  const always = new Set(presentMetrics(() => false));
  const sought = new Set(metrics.flatMap((metric) => (always.has(metric) ? [] : [metric.name])));
  const found = new Set<string>();
  for (const line of wholeLines(path)) {
    for (const name of sought) if (line.includes(`"${name}":`)) found.add(name);
    for (const name of found) sought.delete(name);
    if (sought.size === 0) break;
  }
  return presentMetrics((name) => found.has(name));
}

/** Calls `written` for each group. `path` undefined: writes nothing. */
function writeGroups(
  path: string | undefined,
  columns: SummaryColumns,
  groups: Iterable<SweepGroup>,
  written: (group: SweepGroup) => void = () => undefined,
): void {
  const file = path === undefined ? undefined : new OutputFile(path);
  try {
    file?.write(summaryHeader(columns));
    for (const group of groups) {
      file?.write(summaryLine(group, columns));
      written(group);
    }
    file?.finish();
  } finally {
    file?.abandon();
  }
}

class PointCounts {
  readonly #requirements: RequirementTally;
  ended = 0;
  failed = 0;
  /** Of the first point whose costs do not have all energies; empty: there is none. */
  unknownEnergy: readonly UnknownEnergy[] = [];

  constructor(requirements: RequirementTally) {
    this.#requirements = requirements;
  }

  *counted(records: Iterable<PointRecord>): Generator<PointRecord> {
    for (const record of records) {
      this.ended += 1;
      if (isFailed(record)) this.failed += 1;
      else this.#add(record);
      yield record;
    }
  }

  #add(point: DonePoint): void {
    this.#requirements.add(point, coordinatesText(point.coordinates));
    if (this.unknownEnergy.length === 0) this.unknownEnergy = point.unknownEnergy ?? [];
  }
}

function reportOf(
  manifest: SweepManifest,
  points: PointCounts,
  shown: ShownGroups,
  precision: SweepPrecision | undefined,
  options: SummaryOptions,
): SweepReport {
  const { rtmmVersion, name, title, planHash, seedsPerGroup, shard } = manifest;
  const { constant, front, groups, pareto } = shown;
  return {
    schemaVersion: 1,
    rtmmVersion,
    name,
    title: title ?? null,
    planHash,
    shard: shard === null ? null : shardText(shard),
    points: points.ended,
    failed: points.failed,
    groupCount: shown.count,
    seedsPerGroup,
    precision: precision ?? null,
    coordinateNames: groupCoordinates(manifest),
    constant,
    metrics: options.metrics.map(({ name, title, unit, better }) => ({ name, title, unit, better })),
    pareto,
    groups: groups.map((group) => withMetrics(group, options.metrics)),
    moreGroups: (front?.length ?? shown.count) - groups.length,
  };
}

const withMetrics = (group: SweepGroup, shown: readonly Metric[]): SweepGroup => ({
  ...group,
  metrics: Object.fromEntries(shown.map(({ name }) => [name, group.metrics[name] ?? null])),
});
