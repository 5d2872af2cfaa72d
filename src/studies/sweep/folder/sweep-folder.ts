/** The folder of a sweep: sweep.json, points.jsonl, and in the end summary.csv. */
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../../files/output-file.ts";
import { RequestError } from "../../../input/request-error.ts";
import { type FolderLock, lockFolder } from "./folder-lock.ts";
import { changesBetween, manifestFrom, type SweepManifest, writeManifest } from "./manifest.ts";
import { PointsFile } from "./points-file.ts";

export interface SweepFolder {
  readonly points: PointsFile;
  /** Points may be added again, by this process or another. */
  close(): void;
  /** Closes it as it was before it was opened. Only before a point is added. */
  abandon(): void;
}

export interface SweepPaths {
  readonly manifest: string;
  readonly points: string;
  readonly summary: string;
  readonly pareto: string;
}

export const sweepPaths = (folder: string): SweepPaths => ({
  manifest: join(folder, "sweep.json"),
  points: join(folder, "points.jsonl"),
  summary: join(folder, "summary.csv"),
  pareto: join(folder, "pareto.csv"),
});

/** Of points that are not all there any more, or not yet. */
export function removeSummaries(folder: string): void {
  const { summary, pareto } = sweepPaths(folder);
  for (const path of [summary, pareto]) rmSync(path, { force: true });
}

export interface OpenOptions {
  /** What to do with points that are there: go on with them, or refuse. */
  readonly present: "resume" | "refuse";
  /** As the user knows it. */
  readonly shown: string;
}

/** Locked until it is closed. Throws RequestError where the folder holds something else, or a sweep is at work in it. */
export function openSweepFolder(folder: string, manifest: SweepManifest, options: OpenOptions): SweepFolder {
  refuseForeign(folder, options);
  const made = makeFolder(folder);
  const lock = lockFolder(folder);
  try {
    return openLocked(folder, manifest, options, { lock, made });
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Locked {
  readonly lock: FolderLock;
  /** Folders that were not there, the outermost first. */
  readonly made: readonly string[];
}

function openLocked(
  folder: string,
  manifest: SweepManifest,
  options: OpenOptions,
  { lock, made }: Locked,
): SweepFolder {
  const paths = sweepPaths(folder);
  const before = readManifest(folder);
  if (before !== undefined) refuseChanged(before, manifest, options);
  else refuseForeign(folder, options);
  if (before !== undefined && options.present === "refuse") throw new RequestError(presentText(options));
  writeManifest(paths.manifest, manifest);
  const points = new PointsFile(paths.points, manifest.count);
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    points.close();
    lock.release();
  };
  return {
    points,
    close,
    abandon() {
      if (before === undefined) for (const path of [paths.points, paths.manifest]) rmSync(path, { force: true });
      close();
      for (const each of made.toReversed()) removeIfEmpty(each);
    },
  };
}

/** Somebody else may have come to use it. */
function removeIfEmpty(folder: string): void {
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** undefined: the folder holds no sweep. */
export function readManifest(folder: string): SweepManifest | undefined {
  const path = sweepPaths(folder).manifest;
  return existsSync(path) ? manifestFrom(readFileSync(path, "utf8"), path) : undefined;
}

/** Throws RequestError where a folder has files of a sweep, whoever wrote them. */
export function refuseTaken(folder: string, shown: string): void {
  const taken = Object.values(sweepPaths(folder)).find((path) => existsSync(path));
  if (taken !== undefined)
    throw new RequestError(`${taken} is there already, so ${shown} is not used; -o names another`);
}

/** Files of these names that no sweep has written. */
function refuseForeign(folder: string, { shown }: OpenOptions): void {
  const { manifest, ...others } = sweepPaths(folder);
  if (existsSync(manifest)) return;
  const foreign = Object.values(others).find((path) => existsSync(path));
  if (foreign === undefined) return;
  throw new RequestError(
    `${foreign} is there, but no sweep.json beside it: ${shown} is not a sweep's; -o names another`,
  );
}

const presentText = ({ shown }: OpenOptions): string =>
  `${shown} holds a sweep already: --resume goes on with it, -o names another folder`;

function refuseChanged(then: SweepManifest, now: SweepManifest, { shown, present }: OpenOptions): void {
  const changes = changesBetween(then, now);
  if (changes.length === 0) return;
  const what =
    present === "resume" ? `${shown} cannot be resumed, since its points` : `${shown} holds a sweep whose points`;
  const list = changes.map((change) => `\n  - ${change}`).join("");
  throw new RequestError(`${what} are of something else; -o names another folder${list}`);
}
