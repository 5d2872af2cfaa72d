/** Which running jobs to stop at an instant, and how. */
import type { RunningJob, RunningView } from "../core/scheduler.ts";
import type { Tape } from "./tape.ts";

export interface Stop {
  readonly job: RunningJob;
  readonly how: "checkpoint" | "kill";
}

/** `most`: stops that the schedule still has. */
export function chooseStops(view: RunningView, most: number, tape: Tape): readonly Stop[] {
  const stops: Stop[] = [];
  for (const job of view.runningJobs) {
    if (stops.length === most) return stops;
    const kinds = job.isStopping ? [] : kindsOf(job);
    const how = kinds[tape.choose(1 + kinds.length) - 1];
    if (how !== undefined) stops.push({ job, how });
  }
  return stops;
}

function kindsOf({ accelerator }: RunningJob): readonly Stop["how"][] {
  const { canCheckpoint, canKill } = accelerator;
  return [...(canCheckpoint ? (["checkpoint"] as const) : []), ...(canKill ? (["kill"] as const) : [])];
}
