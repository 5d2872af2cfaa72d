/** The folder of a sweep: sweep.json, points.jsonl and, once finished, summary.csv. */

import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, removeEmptyFolders } from "../../../files/output-file.ts";
import { RequestError } from "../../../input/request-error.ts";
import { type FolderLock, lockFolder } from "../../folder/folder-lock.ts";
import type { Present, ShownFolder } from "../../folder/shown-folder.ts";
import { changesBetween, manifestFrom, type SweepManifest, writeManifest } from "./manifest.ts";
import { PointsFile } from "./points-file.ts";

export interface SweepFolder {
  readonly points: PointsFile;
  /** Releases the lock: this or another process may add points later. */
  close(): void;
  /** Closes the folder and restores its state from before it was opened. Only before a point is added. */
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

export const isSweepFolder = (path: string): boolean => existsSync(sweepPaths(path).manifest);

/** Throws RequestError. */
export function refuseUnfinished({ path, shown }: ShownFolder): void {
  const { summary, points } = sweepPaths(path);
  if (existsSync(summary) && existsSync(points)) return;
  throw new RequestError(`the sweep in ${shown} is not finished: continue it with \`rtmm sweep --resume\``);
}

/** Call when the summaries no longer cover all points. */
export function removeSummaries(folder: string): void {
  const { summary, pareto } = sweepPaths(folder);
  for (const path of [summary, pareto]) rmSync(path, { force: true });
}

/** Locks the folder until it is closed. Throws RequestError if it holds something else or a sweep is running in it. */
export function openSweepFolder(folder: ShownFolder, manifest: SweepManifest, present: Present): SweepFolder {
  refuseForeign(folder);
  const made = makeFolder(folder.path);
  const lock = lockFolder(folder.path, "sweep");
  try {
    return openLocked(folder, manifest, present, { lock, made });
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Locked {
  readonly lock: FolderLock;
  /** Folders that this call created, outermost first. */
  readonly made: readonly string[];
}

function openLocked(
  folder: ShownFolder,
  manifest: SweepManifest,
  present: Present,
  { lock, made }: Locked,
): SweepFolder {
  const paths = sweepPaths(folder.path);
  const before = readManifest(folder.path);
  if (before !== undefined) refuseChanged(before, manifest, folder, present);
  else refuseForeign(folder);
  if (before !== undefined && present === "refuse") throw new RequestError(presentText(folder));
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
      removeEmptyFolders(made);
    },
  };
}

/** undefined if the folder holds no sweep. */
export function readManifest(folder: string): SweepManifest | undefined {
  const path = sweepPaths(folder).manifest;
  return existsSync(path) ? manifestFrom(readFileSync(path, "utf8"), path) : undefined;
}

/** Throws RequestError if the folder contains a file with the name of one of a sweep's files. */
export function refuseTaken({ path: folder, shown }: ShownFolder): void {
  const taken = Object.values(sweepPaths(folder)).find((path) => existsSync(path));
  if (taken !== undefined)
    throw new RequestError(`${taken} already exists, so ${shown} cannot be used; choose another folder with -o`);
}

/** Throws RequestError if the folder contains files with a sweep's names but no manifest. */
function refuseForeign({ path: folder, shown }: ShownFolder): void {
  const { manifest, ...others } = sweepPaths(folder);
  if (existsSync(manifest)) return;
  const foreign = Object.values(others).find((path) => existsSync(path));
  if (foreign === undefined) return;
  throw new RequestError(
    `${foreign} exists without a sweep.json beside it, so ${shown} is not a sweep's folder; choose another with -o`,
  );
}

const presentText = ({ shown }: ShownFolder): string =>
  `${shown} already holds a sweep: continue it with --resume, or choose another folder with -o`;

function refuseChanged(then: SweepManifest, now: SweepManifest, { shown }: ShownFolder, present: Present): void {
  const changes = changesBetween(then, now);
  if (changes.length === 0) return;
  const what = present === "resume" ? `${shown} cannot be resumed: it holds` : `${shown} already holds`;
  const list = changes.map((change) => `\n  - ${change}`).join("");
  throw new RequestError(`${what} points of a different sweep; choose another folder with -o${list}`);
}
