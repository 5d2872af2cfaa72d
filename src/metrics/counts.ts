/** Counts: jobs by their end, context switches, preemptions, decisions. */
import { completed, type Metric, released } from "./metric.ts";
import type { Feature, JobTally } from "./outcome.ts";

/** A count of nothing is 0, because unlike a mean it is known. */
export function count(
  name: string,
  title: string,
  better: Metric["better"],
  definition: string,
  value: (tally: JobTally) => number,
  onlyWith?: Feature,
): Metric {
  return {
    name,
    title,
    unit: "count",
    better,
    definition,
    source: "rtmm",
    scenario: (outcome) => value(outcome.all),
    task: value,
    jobs: released,
    ...(onlyWith !== undefined && { onlyWith }),
  };
}

const dropped = (tally: JobTally): number =>
  tally.droppedLate + tally.droppedByPolicy + tally.droppedWithParent + tally.droppedByQueue + tally.refused;
const preempted = (tally: JobTally): number => tally.checkpoints + tally.kills + tally.drains;

export const releasedJobs = count(
  "released",
  "Released",
  "neither",
  "jobs released, including triggered descendants of dropped jobs",
  released,
);
export const completedJobs = count("completed", "Completed", "higher", "jobs completed, in time or late", completed);
export const lateJobs = count("late", "Late", "lower", "jobs completed after their deadline", (tally) => tally.late);
export const droppedJobs = count("dropped", "Dropped", "lower", "jobs dropped, for any reason", dropped);
export const droppedLate = count(
  "droppedLate",
  "Dropped late",
  "lower",
  "jobs dropped because their deadline had passed before they started",
  (tally) => tally.droppedLate,
);
export const droppedByPolicy = count(
  "droppedByPolicy",
  "Dropped by policy",
  "lower",
  "jobs dropped by a decision of the scheduler",
  (tally) => tally.droppedByPolicy,
);
export const droppedWithParent = count(
  "droppedWithParent",
  "Dropped with parent",
  "lower",
  "jobs dropped because a parent was dropped",
  (tally) => tally.droppedWithParent,
);
export const droppedByQueue = count(
  "droppedByQueue",
  "Dropped by queue",
  "lower",
  "jobs dropped because the queue of their task was full",
  (tally) => tally.droppedByQueue,
  "queues",
);
export const refused = count(
  "refused",
  "Refused",
  "lower",
  "jobs that a full queue refused; they count as released and dropped",
  (tally) => tally.refused,
  "queues",
);
export const violations = count(
  "violations",
  "Violations",
  "lower",
  "jobs with a deadline that were dropped or late",
  (tally) => tally.violations,
);

const switches = count(
  "contextSwitches",
  "Context switches",
  "lower",
  "moves of a job's live activations (per accelerator: in the whole run)",
  (tally) => tally.contextSwitches,
);
export const contextSwitches: Metric = { ...switches, accelerator: (accelerator) => accelerator.contextSwitches };
export const preemptions = count(
  "preemptions",
  "Preemptions",
  "neither",
  "running jobs stopped by the scheduler, by any mechanism",
  preempted,
);
export const checkpoints = count(
  "checkpoints",
  "Preemptions (checkpoint)",
  "neither",
  "preemptions that kept progress",
  (tally) => tally.checkpoints,
);
export const kills = count(
  "kills",
  "Preemptions (kill)",
  "neither",
  "preemptions that lost all progress",
  (tally) => tally.kills,
);
export const drains = count(
  "drains",
  "Preemptions (drain)",
  "neither",
  "preemptions that waited for the running layer",
  (tally) => tally.drains,
);

export const decisions: Metric = {
  name: "decisions",
  title: "Scheduler decisions",
  unit: "count",
  better: "neither",
  definition: "calls of the scheduler in the whole run, including the warm-up",
  source: "rtmm",
  scenario: (outcome) => outcome.decisions,
  jobs: released,
};
