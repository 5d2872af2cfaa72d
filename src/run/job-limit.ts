/** How many jobs a run may release: a longer --duration-ms must not get around what scenario files are held to. */

import { jobRatesPerS } from "../analysis/feasibility/rates.ts";
import type { Scenario } from "../core/scenario.ts";
import { RequestError } from "../input/request-error.ts";
import { MOST_JOBS } from "../scenario/releases.ts";

/** Throws RequestError where a task would release too many, on average. */
export function refuseTooManyJobs(scenario: Scenario): void {
  const jobs = jobRatesPerS(scenario).map((rate) => (rate * scenario.durationNs) / 1e9);
  const index = jobs.findIndex((each) => each > MOST_JOBS);
  if (index < 0) return;
  const place = `scenario "${scenario.name}": task "${scenario.tasks[index]!.id}"`;
  const found = `would release ${jobs[index]!.toPrecision(3)} jobs in ${scenario.durationNs / 1e6} ms`;
  throw new RequestError(`${place} ${found}; at most ${MOST_JOBS} are possible`);
}
