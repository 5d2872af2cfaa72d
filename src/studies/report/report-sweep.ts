/** Reads the folder of a sweep for its report. Nothing in it changes. */
import { existsSync } from "node:fs";
import { RequestError } from "../../input/request-error.ts";
import { sweepVerdict } from "../../output/verdict/sweep-verdict.ts";
import type { SweepPage } from "../../records/report.ts";
import { rtmmVersion } from "../../records/version.ts";
import { readManifest, refuseUnfinished, sweepPaths } from "../sweep/folder/sweep-folder.ts";
import { shownMetrics } from "../sweep/summary/shown-metrics.ts";
import { summarise } from "../sweep/summary/summarise.ts";

/** Groups that a page has room for. */
const MOST_GROUPS = 5_000;

/** A folder, as a path and as the user named it. */
export interface Folder {
  readonly path: string;
  readonly shown: string;
}

export const isSweepFolder = ({ path }: Folder): boolean => existsSync(sweepPaths(path).manifest);

/** Throws RequestError for a sweep that is not finished. */
export function reportSweep(folder: Folder, metrics: readonly string[] | undefined, command: string): SweepPage {
  const manifest = readManifest(folder.path);
  if (manifest === undefined) throw new RequestError(`${folder.shown} holds no sweep: it has no sweep.json`);
  refuseUnfinished(folder.path, folder.shown);
  const shown = shownMetrics({ metrics, pareto: undefined });
  const { report } = summarise(folder.path, manifest, {
    ...shown,
    requirements: [],
    mostGroups: MOST_GROUPS,
    files: "left alone",
  });
  return {
    kind: "sweep",
    title: manifest.title ?? manifest.name,
    verdict: sweepVerdict(report),
    command,
    rtmmVersion,
    sweep: report,
    inputs: manifest.inputs,
  };
}
