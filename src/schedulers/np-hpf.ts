/** Highest priority first, without preemption. Source: NP-HPF in PREMA (HPCA 2020). */
import type { ReadyJob } from "../core/scheduler.ts";
import { ranked } from "./ranked.ts";

export const npHpf = ranked({
  name: "np-hpf",
  summary: "highest priority first, whole models, no preemption",
  source: "NP-HPF baseline of PREMA (HPCA 2020)",
  granularity: "model",
  rank: byPriority,
});

/** Rank of a job for which a higher priority goes first. */
export function byPriority(job: ReadyJob): number {
  return -job.priority;
}
