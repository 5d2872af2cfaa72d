/** Deadlines: violation rate, SLA satisfaction, and SLA satisfaction at N times the isolated time. */
import { type Curve, type CurvePoint, type Metric, pooled, ratio } from "./metric.ts";
import type { JobTally } from "./outcome.ts";

/** Share of the released jobs with a deadline that were dropped or late, 0 to 1; undefined if there is none. */
export const violationRate = (tally: JobTally): number | undefined => ratio(tally.violations, tally.withDeadline);

export const deadlineViolationRate: Metric = {
  name: "deadlineViolationRate",
  title: "Deadline violation rate",
  unit: "share",
  better: "lower",
  definition: "jobs dropped or completed late / released jobs, of jobs with a deadline",
  source: "DREAM (ASPLOS 2023)",
  ...pooled(violationRate),
  jobs: (tally) => tally.withDeadline,
};

export const slaSatisfaction: Metric = {
  name: "slaSatisfaction",
  title: "SLA satisfaction",
  unit: "share",
  better: "higher",
  definition: "1 - violations / released jobs, of jobs with a deadline",
  source: "DREAM (ASPLOS 2023)",
  ...pooled((tally) => ratio(tally.withDeadline - tally.violations, tally.withDeadline)),
  jobs: (tally) => tally.withDeadline,
};

/** PREMA's N: a job is in time if it takes at most N times its isolated time. */
export const slaTargets: readonly number[] = Array.from({ length: 19 }, (_, index) => index + 2);

function slaCurve(tally: JobTally): readonly CurvePoint[] | undefined {
  if (tally.withIsolatedTime === 0) return undefined;
  return slaTargets.map((x, index) => ({ x, y: (tally.withinSla[index] ?? 0) / tally.withIsolatedTime }));
}

export const slaAtN: Curve = {
  name: "slaAtN",
  title: "SLA satisfaction at N",
  xTitle: "N",
  unit: "share",
  better: "higher",
  definition: "released jobs that completed within N x their isolated time, N = 2 to 20; a dropped job did not",
  source: "PREMA (HPCA 2020)",
  scenario: (outcome) => slaCurve(outcome.all),
  task: slaCurve,
  jobs: (tally) => tally.withIsolatedTime,
};
