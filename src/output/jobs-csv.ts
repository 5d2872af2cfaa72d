/** The CSV of `--jobs`: a row per released job, in the order in which jobs ended. */
import type { JobRecord } from "../core/records.ts";
import type { Scenario } from "../core/scenario.ts";
import type { System } from "../core/system.ts";
import { exactMs } from "./number-text.ts";

export const jobsCsvHeader = "task,job,releaseMs,deadlineMs,startMs,completionMs,status,accelerator,energyMj\n";

/** Turns each job into its line, line end included. Ids need no quoting: the schemas allow no commas or quotes. */
export function jobsCsvLine(scenario: Scenario, system: System): (job: JobRecord) => string {
  const taskIds = scenario.tasks.map(({ id }) => id);
  const acceleratorIds = system.accelerators.map(({ id }) => id);
  return (job) => {
    const cells = [
      taskIds[job.taskIndex],
      job.jobIndex,
      exactMs(job.releaseNs),
      job.deadlineNs === Infinity ? "" : exactMs(job.deadlineNs),
      optionalMs(job.startNs),
      optionalMs(job.completionNs),
      statusOf(job),
      job.accelerators.map((index) => acceleratorIds[index]).join("+"),
      (job.energyPj / 1e9).toFixed(9),
    ];
    return `${cells.join(",")}\n`;
  };
}

const optionalMs = (ns: number | undefined): string => (ns === undefined ? "" : exactMs(ns));

/** Completing exactly at the deadline is in time. */
function statusOf({ completionNs, deadlineNs }: JobRecord): "met" | "late" | "dropped" {
  if (completionNs === undefined) return "dropped";
  return completionNs <= deadlineNs ? "met" : "late";
}
