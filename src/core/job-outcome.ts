/** What became of a job, and whether it missed its deadline. */
import type { JobRecord } from "./records.ts";

export const jobOutcomes = ["met", "late", "dropped"] as const;
/** `met`: completed in time, or without a deadline. */
export type JobOutcome = (typeof jobOutcomes)[number];

type Completion = Pick<JobRecord, "completionNs" | "deadlineNs">;

/** Completing exactly at the deadline is in time. */
export function jobOutcome({ completionNs, deadlineNs }: Completion): JobOutcome {
  if (completionNs === undefined) return "dropped";
  return completionNs > deadlineNs ? "late" : "met";
}

export const hasDeadline = ({ deadlineNs }: Pick<JobRecord, "deadlineNs">): boolean => deadlineNs !== Infinity;

/** Whether it was dropped or completed late; a job without a deadline violates none. */
export const violates = (job: Completion): boolean => hasDeadline(job) && jobOutcome(job) !== "met";

/** When it completed, or was dropped. */
export const endNsOf = ({ completionNs, dropNs }: Pick<JobRecord, "completionNs" | "dropNs">): number =>
  completionNs ?? dropNs!;

/** End less deadline, ns; -Infinity without a deadline. */
export const latenessNs = (job: Completion & Pick<JobRecord, "dropNs">): number => endNsOf(job) - job.deadlineNs;
