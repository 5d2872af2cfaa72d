/** Limits the jobs of a run, so that a longer --duration-ms cannot bypass the limit on scenario files. */

import { jobRatesPerS } from "../analysis/feasibility/rates.ts";
import type { Scenario } from "../core/scenario.ts";
import { RequestError } from "../input/request-error.ts";
import { MOST_JOBS } from "../scenario/releases.ts";

/** Throws RequestError if a task would release more than `MOST_JOBS` on average. */
export function refuseTooManyJobs(scenario: Scenario): void {
  const jobs = jobRatesPerS(scenario).map((rate) => (rate * scenario.durationNs) / 1e9);
  const index = jobs.findIndex((each) => each > MOST_JOBS);
  if (index < 0) return;
  const task = `scenario "${scenario.name}": task "${scenario.tasks[index]!.id}"`;
  const found = `would release ${jobs[index]!.toPrecision(3)} jobs in ${scenario.durationNs / 1e6} ms`;
  throw new RequestError(`${task} ${found}; the limit is ${MOST_JOBS}`);
}
