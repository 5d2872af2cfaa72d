/** Explains Planaria's decisions: what each job needs, its slack at the time of the division, and the units it got. */
import type { Candidate, ReadyJob, Reason, RunningJob, View } from "../../core/scheduler.ts";
import type { Allotment } from "./allotment.ts";

/** Explains a dispatch: the job, then the jobs after it in order that got nothing. */
export function shareReason(allotment: Allotment, job: ReadyJob): Reason {
  const { claims } = allotment;
  const chosen = indexOf(allotment, job);
  const behind = indexes(allotment).filter(
    (i) => i !== chosen && allotment.unitsOf(claims.jobs[i]!) === 0 && claims.isBefore(chosen, i),
  );
  behind.sort((i, k) => (claims.isBefore(i, k) ? -1 : 1));
  const rule = claims.isHopeless[chosen] ? "units left over by jobs in time" : "highest priority / (slack x need)";
  return { rule, best: "most", candidates: [chosen, ...behind].map((i) => candidate(allotment, i)) };
}

/** Explains why a job is stopped: its units change. */
export function changeReason(allotment: Allotment, job: RunningJob): Reason {
  const units = allotment.unitsOf(job);
  const place = allotment.acceleratorOf(job) === job.accelerator ? "" : ", elsewhere";
  const rule =
    units === 0 ? "units given to jobs before it" : `units changed from ${job.runningUnits} to ${units}${place}`;
  return { rule, candidates: [candidate(allotment, indexOf(allotment, job))] };
}

/** Explains why nothing starts: units are not free yet, or there are none. */
export function waitReason(allotment: Allotment, view: View): Reason {
  const waiting = [...view.readyJobs].filter((job) => allotment.unitsOf(job) > 0);
  if (waiting.length === 0) return { rule: "all units allotted to running jobs, or none can run a ready job" };
  const candidates = waiting.map((job) => candidate(allotment, indexOf(allotment, job)));
  return { rule: "allotted units not free yet", candidates };
}

/** A job that cannot be in time has neither need nor score. */
function candidate(allotment: Allotment, i: number): Candidate {
  const { jobs, isHopeless, need, score } = allotment.claims;
  const job = jobs[i]!;
  const accelerator = allotment.acceleratorOf(job);
  const place = { job, ...(accelerator !== undefined && { accelerator }) };
  const terms = { slackNs: job.deadlineNs - allotment.dividedNs, units: allotment.unitsOf(job) };
  if (isHopeless[i]) return { ...place, terms };
  return { ...place, score: score[i]!, terms: { need: need[i]!, ...terms } };
}

const indexes = ({ claims }: Allotment): number[] => Array.from({ length: claims.length }, (_, i) => i);

const indexOf = (allotment: Allotment, job: ReadyJob): number => allotment.claims.jobs.indexOf(job);
