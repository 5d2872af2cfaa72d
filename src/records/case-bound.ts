/** What no scheduler can do better in a case of a comparison. */

export interface CaseBound {
  readonly scenario: string;
  readonly system: string;
  /** Lower bound on violations / jobs with a deadline, as a mean over the seeds of the comparison. */
  readonly leastViolationRate: number;
}
