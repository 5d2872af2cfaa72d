/** Shards of one sweep, put together to what the sweep would have been in one piece. */
import { existsSync } from "node:fs";
import { makeFolder, OutputFile } from "../files/output-file.ts";
import { RequestError } from "../request-error.ts";
import { fileLines } from "./file-lines.ts";
import { lockFolder } from "./folder-lock.ts";
import { recordsByGroup } from "./groups.ts";
import { changesBetween, type SweepManifest, writeManifest } from "./manifest.ts";
import { type DonePoint, indexOfLine, isFailed, type PointRecord, recordFrom } from "./point-line.ts";
import { type SeedResults, seedsWanted } from "./seed-precision.ts";
import { pointsIn, shardOf, shardText } from "./shard.ts";
import { readManifest, refuseTaken, sweepPaths } from "./sweep-folder.ts";

/** Shards that are not all there, or not whole; nothing was merged. */
export class IncompleteError extends Error {
  override readonly name = "IncompleteError";
}

export interface ShardFolder {
  /** Absolute. */
  readonly folder: string;
  /** As the user knows it. */
  readonly shown: string;
}

/** Manifest of the merged sweep, in `out`. Throws IncompleteError, or RequestError where folders do not go together. */
export function merge(folders: readonly ShardFolder[], out: ShardFolder): SweepManifest {
  refuseTaken(out.folder, out.shown);
  const shards = shardsIn(folders);
  for (const shard of shards) refuseUnfinished(shard);
  const manifest: SweepManifest = { ...shards[0]!.manifest, shard: null };
  makeFolder(out.folder);
  const lock = lockFolder(out.folder);
  try {
    const paths = sweepPaths(out.folder);
    interleave(shards, manifest, paths.points);
    writeManifest(paths.manifest, manifest);
  } finally {
    lock.release();
  }
  return manifest;
}

interface ShardOnDisk extends ShardFolder {
  readonly manifest: SweepManifest;
}

/** All of them, by number. */
function shardsIn(folders: readonly ShardFolder[]): readonly ShardOnDisk[] {
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
  if (missing.length > 0) throw new IncompleteError(`${missing.length} of ${of} shards are missing: ${few(missing)}`);
  return numbers.map((number) => byNumber.get(number)!);
}

const MOST_NAMED = 20;
const few = (names: readonly string[]): string =>
  names.length <= MOST_NAMED
    ? names.join(", ")
    : `${names.slice(0, MOST_NAMED).join(", ")} and ${names.length - MOST_NAMED} more`;

function manifestIn({ folder, shown }: ShardFolder): SweepManifest {
  const manifest = readManifest(folder);
  if (manifest === undefined) throw new RequestError(`${shown} is no folder of a sweep: it has no sweep.json`);
  if (manifest.shard === null) throw new RequestError(`${shown} holds a whole sweep, not a shard of one`);
  return manifest;
}

function refuseOther(first: ShardOnDisk, other: ShardOnDisk): void {
  const { of } = other.manifest.shard!;
  if (of !== first.manifest.shard!.of)
    throw new RequestError(`${other.shown} is one of ${of} shards, ${first.shown} of ${first.manifest.shard!.of}`);
  const changes = changesBetween({ ...first.manifest, shard: null }, { ...other.manifest, shard: null });
  if (changes.length === 0) return;
  const list = changes.map((change) => `\n  - ${change}`).join("");
  throw new RequestError(`${first.shown} (then) and ${other.shown} (now) are not of the same sweep${list}`);
}

/** A finished shard has its points in order, one line each. */
function refuseUnfinished({ folder, shown, manifest }: ShardOnDisk): void {
  const shard = manifest.shard!;
  const own = pointsIn(manifest, shard);
  let isInOrder = true;
  let last = -1;
  let present = 0;
  let wanted = wantedOf(manifest, own.count);
  for (const group of recordsByGroup(recordsIn(folder), manifest.seedsPerGroup)) {
    wanted += wantedMore(group, manifest);
    for (const { index } of group) {
      if (index <= last || !own.has(index)) isInOrder = false;
      last = index;
      present += 1;
    }
  }
  if (isInOrder && present === wanted) return;
  const way = `rtmm sweep --shard ${shardText(shard)} --resume finishes it`;
  throw new IncompleteError(`${shown} is not finished: it has ${present} of ${wanted} points; ${way}`);
}

function* recordsIn(folder: string): Generator<PointRecord> {
  for (const text of linesIn(folder)) {
    const record = recordFrom(text);
    if (record !== undefined) yield record;
  }
}

/** Whole ones, without their ends. */
function* linesIn(folder: string): Generator<string> {
  const { points } = sweepPaths(folder);
  for (const { text, hasLineEnd } of existsSync(points) ? fileLines(points) : []) if (hasLineEnd) yield text;
}

/** Points of a shard, of which `count` are its own: all of them, or those that its groups begin with. */
const wantedOf = ({ precision, seedsPerGroup }: SweepManifest, count: number): number =>
  precision === undefined ? count : (count / seedsPerGroup) * precision.firstSeeds;

/** How many more a group needs for its precision than it begins with. */
function wantedMore(group: readonly PointRecord[], { precision, seedsPerGroup }: SweepManifest): number {
  if (precision === undefined) return 0;
  const bySeed = new Map(group.map((record) => [record.index % seedsPerGroup, record]));
  const results: SeedResults = {
    isDone: (seedIndex) => bySeed.has(seedIndex) && !isFailed(bySeed.get(seedIndex)!),
    point: (seedIndex) => bySeed.get(seedIndex) as DonePoint,
  };
  return seedsWanted(precision.firstSeeds, results, precision) - precision.firstSeeds;
}

/** Where a point's line is, if there is one, is known from its index. */
function interleave(shards: readonly ShardOnDisk[], manifest: SweepManifest, path: string): void {
  const heads = shards.map(({ folder }) => new LineHead(linesIn(folder)));
  const numberOf = shardOf(manifest, shards.length);
  const file = new OutputFile(path);
  try {
    for (let index = 0; index < manifest.count; index += 1) {
      const head = heads[numberOf(index) - 1]!;
      if (head.index === index) file.write(`${head.take()}\n`);
    }
    if (heads.some(({ index }) => index !== undefined))
      throw new Error(`a shard of ${path} was changed while it was read`);
    file.finish();
  } finally {
    file.abandon();
    for (const head of heads) head.close();
  }
}

/** The next line of a finished shard. */
class LineHead {
  readonly #lines: Generator<string>;
  #text = "";
  /** Of its point; undefined: there are no more lines. */
  index: number | undefined;

  constructor(lines: Generator<string>) {
    this.#lines = lines;
    this.take();
  }

  take(): string {
    const taken = this.#text;
    const { value, done } = this.#lines.next();
    this.#text = done === true ? "" : value;
    this.index = done === true ? undefined : indexOfLine(value);
    return taken;
  }

  close(): void {
    this.#lines.return(undefined);
  }
}
