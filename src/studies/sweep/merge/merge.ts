/** Merges the shards of a sweep. The result equals that of the sweep run in one piece. */

import { makeFolder } from "../../../files/output-file.ts";
import { RequestError } from "../../../input/request-error.ts";
import { firstOf } from "../../../output/words.ts";
import { lockFolder } from "../../folder/folder-lock.ts";
import type { ShownFolder } from "../../folder/shown-folder.ts";
import { changesBetween, type SweepManifest, writeManifest } from "../folder/manifest.ts";
import { readManifest, refuseTaken, sweepPaths } from "../folder/sweep-folder.ts";
import { shardText } from "../plan/shard.ts";
import { interleave, type PointsMerged } from "./interleave.ts";
import { shardProgress } from "./shard-progress.ts";

/** A shard is missing or unfinished. Nothing was merged. */
export class IncompleteError extends Error {
  override readonly name = "IncompleteError";
}

/**
 * Writes the merged sweep to `out` and returns its manifest. Throws IncompleteError, or RequestError if the folders are
 * not shards of the same sweep.
 */
export function merge(
  folders: readonly ShownFolder[],
  out: ShownFolder,
  pointsMerged: PointsMerged = () => undefined,
): SweepManifest {
  refuseTaken(out);
  const shards = shardsIn(folders);
  for (const shard of shards) refuseUnfinished(shard);
  const manifest: SweepManifest = { ...shards[0]!.manifest, shard: null };
  makeFolder(out.path);
  const lock = lockFolder(out.path, "sweep");
  try {
    const paths = sweepPaths(out.path);
    interleave(shards, manifest, { path: paths.points, pointsMerged });
    writeManifest(paths.manifest, manifest);
  } finally {
    lock.release();
  }
  return manifest;
}

interface ShardOnDisk extends ShownFolder {
  readonly manifest: SweepManifest;
}

/** All shards, ordered by number. */
function shardsIn(folders: readonly ShownFolder[]): readonly ShardOnDisk[] {
  const found = folders.map((each) => ({ ...each, manifest: manifestIn(each) }));
  const first = found[0]!;
  for (const each of found) refuseOther(first, each);
  const byNumber = new Map<number, ShardOnDisk>();
  for (const each of found) {
    const { number } = each.manifest.shard!;
    const twin = byNumber.get(number);
    if (twin !== undefined) throw new RequestError(`${twin.shown} and ${each.shown} are the same shard, ${number}`);
    byNumber.set(number, each);
  }
  const { of } = first.manifest.shard!;
  const numbers = Array.from({ length: of }, (_, i) => i + 1);
  const missing = numbers.filter((number) => !byNumber.has(number)).map((number) => shardText({ number, of }));
  if (missing.length > 0)
    throw new IncompleteError(`${missing.length} of ${of} shards are missing: ${firstOf(missing)}`);
  return numbers.map((number) => byNumber.get(number)!);
}

function manifestIn({ path, shown }: ShownFolder): SweepManifest {
  const manifest = readManifest(path);
  if (manifest === undefined) throw new RequestError(`${shown} is not a sweep's folder: it has no sweep.json`);
  if (manifest.shard === null) throw new RequestError(`${shown} holds a whole sweep, not a shard`);
  return manifest;
}

function refuseOther(first: ShardOnDisk, other: ShardOnDisk): void {
  const { of } = other.manifest.shard!;
  if (of !== first.manifest.shard!.of)
    throw new RequestError(
      `${other.shown} is one of ${of} shards, but ${first.shown} is one of ${first.manifest.shard!.of}`,
    );
  const changes = changesBetween({ ...first.manifest, shard: null }, { ...other.manifest, shard: null });
  if (changes.length === 0) return;
  const list = changes.map((change) => `\n  - ${change}`).join("");
  throw new RequestError(`${first.shown} (then) and ${other.shown} (now) belong to different sweeps${list}`);
}

function refuseUnfinished({ path, shown, manifest }: ShardOnDisk): void {
  const { present, wanted, isFinished } = shardProgress(path, manifest);
  if (isFinished) return;
  const remedy = `finish it with rtmm sweep --shard ${shardText(manifest.shard!)} --resume`;
  throw new IncompleteError(`${shown} is not finished: it has ${present} of ${wanted} points; ${remedy}`);
}
