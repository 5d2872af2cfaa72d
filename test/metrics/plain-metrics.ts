/** Metrics by their definitions, over all jobs at once: slow, short, and written without the tally. */
import type { JobRecord } from "../../src/core/records.ts";
import type { TaskContext } from "../../src/metrics/measurement-context.ts";

type Definition = (jobs: readonly JobRecord[], tasks: readonly TaskContext[]) => number | undefined;

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const isDone = (job: JobRecord): boolean => job.completionNs !== undefined;
const responseNs = (job: JobRecord): number => (job.completionNs ?? Number.NaN) - job.releaseNs;
const isBad = (job: JobRecord): boolean => !isDone(job) || (job.completionNs ?? 0) > job.deadlineNs;
const judged = (jobs: readonly JobRecord[]): readonly JobRecord[] => jobs.filter((job) => job.deadlineNs < Infinity);
const rate = (jobs: readonly JobRecord[]): number | undefined => mean(judged(jobs).map((job) => (isBad(job) ? 1 : 0)));

const perTask = (jobs: readonly JobRecord[]): JobRecord[][] =>
  [0, 1].map((index) => jobs.filter((job) => job.taskIndex === index)).filter((ofTask) => ofTask.length > 0);

const quantileMs = (jobs: readonly JobRecord[], share: number): number | undefined => {
  const sorted = jobs
    .filter(isDone)
    .map(responseNs)
    .toSorted((a, b) => a - b);
  const value = sorted.find((_, index) => (index + 1) / sorted.length >= share);
  return value === undefined ? undefined : value / 1e6;
};

const isolatedNs = (job: JobRecord, tasks: readonly TaskContext[]): number =>
  tasks[job.taskIndex]?.variants[job.variantIndex]?.isolatedNs ?? Number.NaN;

const realTime = (job: JobRecord): number =>
  1 / (1 + Math.exp(15 * (((job.completionNs ?? 0) - job.deadlineNs) / 1e6)));
const energy = (job: JobRecord): number => Math.max(0, (1500 - job.energyPj / 1e9) / 1500);
const accuracy = (job: JobRecord, tasks: readonly TaskContext[]): number =>
  tasks[job.taskIndex]?.variants[job.variantIndex]?.accuracyScore ?? Number.NaN;

const uxCost =
  (charge: (job: JobRecord, worstPj: number) => number): Definition =>
  (jobs, tasks) => {
    if (judged(jobs).length === 0) return undefined;
    const worst = (job: JobRecord) => tasks[job.taskIndex]?.worstEnergyPj ?? Number.NaN;
    const rates = perTask(jobs).map(
      (own) => rate(own) || (judged(own).length === 0 ? 0 : 1 / (2 * judged(own).length)),
    );
    const shares = perTask(jobs).map(
      (own) => total(own.map((job) => charge(job, worst(job)))) / total(own.map((job) => worst(job))),
    );
    return total(rates) * total(shares);
  };

const xrbench = (jobs: readonly JobRecord[], score: (done: JobRecord[], own: JobRecord[]) => number) =>
  mean(perTask(jobs).map((own) => score(own.filter(isDone), own)));

export const definitions: Readonly<Record<string, Definition>> = {
  deadlineViolationRate: rate,
  slaSatisfaction: (jobs) => mean(judged(jobs).map((job) => (isBad(job) ? 0 : 1))),
  uxCost: uxCost((job) => job.energyPj),
  uxCostGuarded: uxCost((job, worstPj) => (isDone(job) ? job.energyPj : Math.max(job.energyPj, worstPj))),
  energyMj: (jobs) => (jobs.length === 0 ? undefined : total(jobs.map((job) => job.energyPj / 1e9))),
  meanResponseMs: (jobs) => mean(jobs.filter(isDone).map((job) => responseNs(job) / 1e6)),
  p50Ms: (jobs) => quantileMs(jobs, 0.5),
  p99Ms: (jobs) => quantileMs(jobs, 0.99),
  edpMjMs: (jobs) => {
    const meanMs = mean(jobs.filter(isDone).map((job) => responseNs(job) / 1e6));
    return meanMs === undefined ? undefined : total(jobs.map((job) => job.energyPj / 1e9)) * meanMs;
  },
  endToEndMeanMs: (jobs) =>
    mean(
      jobs
        .filter((job) => isDone(job) && job.taskIndex === 1)
        .map((job) => ((job.completionNs ?? 0) - job.frameReleaseNs) / 1e6),
    ),
  antt: (jobs, tasks) => mean(jobs.filter(isDone).map((job) => responseNs(job) / isolatedNs(job, tasks))),
  stp: (jobs, tasks) =>
    jobs.length === 0
      ? undefined
      : total(
          perTask(jobs).map(
            (own) => mean(own.map((job) => (isDone(job) ? isolatedNs(job, tasks) / responseNs(job) : 0))) ?? 0,
          ),
        ),
  xrbenchScore: (jobs, tasks) =>
    xrbench(jobs, (done, own) => {
      const scores = done.map((job) => realTime(job) * energy(job) * accuracy(job, tasks));
      return ((mean(scores) ?? 0) * done.length) / own.length;
    }),
  xrbenchArtifactScore: (jobs) =>
    xrbench(jobs, (done, own) => {
      const scores = done.map((job) => realTime(job) * energy(job));
      return 100 * (total(scores) / own.length) * (done.length / own.length);
    }),
};
