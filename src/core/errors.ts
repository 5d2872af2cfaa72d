/** What a policy did wrong: an illegal decision, or no progress. Its message names policy, time and jobs. */
export class SchedulerError extends Error {
  override readonly name = "SchedulerError";
}
