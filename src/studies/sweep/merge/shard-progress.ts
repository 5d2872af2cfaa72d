/** How many of its points the folder of a shard has. */

import { wholeLines } from "../../folder/file-lines.ts";
import type { SweepManifest } from "../folder/manifest.ts";
import { type DonePoint, isFailed, type PointRecord, recordFrom } from "../folder/point-line.ts";
import { sweepPaths } from "../folder/sweep-folder.ts";
import { pointsIn } from "../plan/shard.ts";
import type { JudgedPrecision } from "../read/seed-precision.ts";
import { madeOfGroups } from "../summary/groups.ts";
import { type SeedResults, seedsWanted } from "../summary/seeds-wanted.ts";

export interface ShardProgress {
  readonly present: number;
  /** With a precision, as many as the present points show to be necessary. */
  readonly wanted: number;
  /** Whether the file has every wanted point, one line each, in order, and nothing else. */
  readonly isFinished: boolean;
}

export function shardProgress(folder: string, manifest: SweepManifest): ShardProgress {
  const { precision, seedsPerGroup, shard } = manifest;
  const own = pointsIn(manifest, shard ?? undefined);
  let isInOrder = true;
  const records = recordsIn(sweepPaths(folder).points, () => {
    isInOrder = false;
  });
  let last = -1;
  let present = 0;
  let wanted = precision === undefined ? own.count : (own.count / seedsPerGroup) * precision.firstSeeds;
  // Without a precision, every point counts by itself.
  for (const group of madeOfGroups(records, precision === undefined ? 1 : seedsPerGroup, (each) => each)) {
    if (precision !== undefined) wanted += seedsAdded(group, precision);
    for (const { index } of group) {
      if (index <= last || !own.has(index)) isInOrder = false;
      last = index;
      present += 1;
    }
  }
  return { present, wanted, isFinished: isInOrder && present === wanted };
}

function* recordsIn(path: string, foundUnreadable: () => void): Generator<PointRecord> {
  for (const line of wholeLines(path)) {
    const record = recordFrom(line);
    if (record === undefined) foundUnreadable();
    else yield record;
  }
}

/** Seeds that the precision adds to the first seeds of a group. */
function seedsAdded(group: readonly PointRecord[], precision: JudgedPrecision): number {
  const bySeed = new Map(group.map((record) => [record.index % precision.maxSeeds, record]));
  const results: SeedResults = {
    isDone: (seedIndex) => bySeed.has(seedIndex) && !isFailed(bySeed.get(seedIndex)!),
    point: (seedIndex) => bySeed.get(seedIndex) as DonePoint,
  };
  return seedsWanted(precision.firstSeeds, results, precision) - precision.firstSeeds;
}
