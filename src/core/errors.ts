/** A fault of a policy: an illegal decision, an error, or no progress. The message names policy, time and jobs. */
export class SchedulerError extends Error {
  override readonly name = "SchedulerError";
}
