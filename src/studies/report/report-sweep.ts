/** The report of a sweep in a folder. */
import { sweepVerdict } from "../../output/verdict/sweep-verdict.ts";
import type { SweepPage } from "../../records/report.ts";
import { rtmmVersion } from "../../records/version.ts";
import type { ShownFolder } from "../folder/shown-folder.ts";
import { finishedSweep } from "../sweep/finished-sweep.ts";

/** Throws RequestError for a sweep that is not finished. */
export function reportSweep(folder: ShownFolder, metrics: readonly string[] | undefined, command: string): SweepPage {
  const { manifest, report } = finishedSweep(folder, metrics);
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
