/** Groups the points of a sweep and computes means over seeds. */

import { meanEstimate } from "../../../analysis/statistics/mean-estimate.ts";
import { metrics } from "../../../metrics/index.ts";
import type { Metric } from "../../../metrics/metric.ts";
import type { Coordinates, SweepGroup, SweepMean } from "../../../records/sweep-report.ts";
import { metricNamed } from "../../../run/metric-named.ts";
import { type DonePoint, isFailed, type PointRecord } from "../folder/point-line.ts";

/** The only coordinate in which points of a group differ. */
const SEED = "seed";

/** Names of the coordinates of groups. */
export const groupCoordinates = ({ coordinateNames, seedsPerGroup }: GroupedPoints): readonly string[] =>
  coordinateNames.filter((name) => name !== SEED || isAlone(seedsPerGroup));

export interface GroupedPoints {
  readonly coordinateNames: readonly string[];
  readonly seedsPerGroup: number;
}

/** The seed identifies groups of a single point: listed points may differ only in the seed. */
const isAlone = (seedsPerGroup: number): boolean => seedsPerGroup === 1;

/** The coordinates of the workload: the scenario, its overrides and the rate scale. */
export function workloadCoordinates(names: readonly string[]): readonly string[] {
  return names.filter((name, i) => i < names.indexOf("system") || name === "rateScale");
}

export const groupsOf = (records: Iterable<PointRecord>, seedsPerGroup: number): Generator<SweepGroup> =>
  madeOfGroups(measured(records), seedsPerGroup, (group) => groupOf(group, seedsPerGroup));

/** The part of a point that means need: a group may have very many points. */
interface MeasuredPoint extends Pick<PointRecord, "index" | "coordinates"> {
  /** undefined if the point failed. */
  readonly metrics: DonePoint["metrics"] | undefined;
}

function* measured(records: Iterable<PointRecord>): Generator<MeasuredPoint> {
  for (const record of records) {
    const { index, coordinates } = record;
    yield { index, coordinates, metrics: isFailed(record) ? undefined : record.metrics };
  }
}

/** Calls `make` for each group that has records. Records must be sorted by index; memory holds those of one group. */
export function* madeOfGroups<Point extends Pick<PointRecord, "index">, Made>(
  records: Iterable<Point>,
  seedsPerGroup: number,
  make: (group: readonly Point[]) => Made,
): Generator<Made> {
  let group: Point[] = [];
  const groupIndex = ({ index }: Point): number => Math.floor(index / seedsPerGroup);
  for (const record of records) {
    if (group.length > 0 && groupIndex(record) !== groupIndex(group[0]!)) {
      yield make(group);
      group = [];
    }
    group.push(record);
  }
  if (group.length > 0) yield make(group);
}

function groupOf(points: readonly MeasuredPoint[], seedsPerGroup: number): SweepGroup {
  const { coordinates } = points[0]!;
  const done = points.flatMap(({ metrics: values }) => (values === undefined ? [] : { metrics: values }));
  return {
    coordinates: isAlone(seedsPerGroup) ? coordinates : withoutSeed(coordinates),
    seeds: done.length,
    failed: points.length - done.length,
    metrics: meansOf(done, allNames),
  };
}

const allNames = metrics.map(({ name }) => name);

/** Keyed by metric, in the given order. Throws RequestError for a metric that this version of rtmm does not have. */
export function meansOf(
  points: readonly Pick<DonePoint, "metrics">[],
  names: readonly string[],
): SweepGroup["metrics"] {
  return Object.fromEntries(names.map((name) => [name, meanOf(metricNamed(name), points)]));
}

function withoutSeed({ [SEED]: _, ...coordinates }: Coordinates): Coordinates {
  return coordinates;
}

/** As in comparisons, null if a seed has nothing to measure: a mean over the other seeds is not comparable. */
function meanOf(metric: Metric, points: readonly Pick<DonePoint, "metrics">[]): SweepMean | null {
  const values = points.map((point) => point.metrics[metric.name] ?? null).filter((value) => value !== null);
  if (values.length === 0 || values.length < points.length) return null;
  const { mean, interval } = meanEstimate(values, metric);
  return { mean, low: interval?.low ?? null, high: interval?.high ?? null };
}
