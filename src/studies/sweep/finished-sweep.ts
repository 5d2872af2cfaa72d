/** Reads the folder of a finished sweep to show it. Nothing in it changes. */
import { RequestError } from "../../input/request-error.ts";
import type { SweepReport } from "../../records/sweep-report.ts";
import type { ShownFolder } from "../folder/shown-folder.ts";
import type { SweepManifest } from "./folder/manifest.ts";
import { readManifest, refuseUnfinished } from "./folder/sweep-folder.ts";
import { shownMetrics } from "./summary/shown-metrics.ts";
import { summarise } from "./summary/summarise.ts";

/** Groups that a page or a figure has room for. */
const MOST_GROUPS = 5_000;

export interface FinishedSweep {
  readonly manifest: SweepManifest;
  readonly report: SweepReport;
}

/** `metrics`: names; undefined: the usual ones. Throws RequestError for a sweep that is not finished. */
export function finishedSweep(folder: ShownFolder, metrics: readonly string[] | undefined): FinishedSweep {
  const manifest = readManifest(folder.path);
  if (manifest === undefined) throw new RequestError(`${folder.shown} holds no sweep: it has no sweep.json`);
  refuseUnfinished(folder);
  const shown = shownMetrics({ metrics, pareto: undefined });
  const options = { ...shown, requirements: [], mostGroups: MOST_GROUPS, files: "left alone" } as const;
  return { manifest, report: summarise(folder.path, manifest, options).report };
}
