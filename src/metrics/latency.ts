/** Response times and end-to-end latencies: mean and tails. */
import { type Metric, msFromNs, pooled, ratio } from "./metric.ts";
import type { Feature, JobTally, LatencySummary } from "./outcome.ts";

interface Sample {
  readonly of: (tally: JobTally) => LatencySummary;
  readonly name: (statistic: string) => string;
  readonly title: string;
  readonly definition: string;
  readonly source?: string;
  readonly onlyWith?: Feature;
}

const initialised = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

const response: Sample = {
  of: (tally) => tally.response,
  name: (statistic) => `${statistic}Ms`,
  title: "response",
  definition: "completion - release of completed jobs",
};

const endToEnd: Sample = {
  of: (tally) => tally.endToEnd,
  name: (statistic) => `endToEnd${initialised(statistic)}Ms`,
  title: "end-to-end latency",
  definition: "completion - nominal release of the root frame, of completed jobs of dependent tasks",
};

const age: Sample = {
  of: (tally) => tally.age,
  name: (statistic) => `age${initialised(statistic)}Ms`,
  title: "age of what is read",
  definition: "completion - nominal release of the root frame of an output that was read, each one of completed jobs",
  source: "rtmm",
  onlyWith: "reads",
};

const motionToPhoton: Sample = {
  of: (tally) => tally.motionToPhoton,
  name: (statistic) => (statistic === "mean" ? "motionToPhotonMs" : `motionToPhoton${initialised(statistic)}Ms`),
  title: "motion-to-photon latency",
  definition: "completion - nominal release of the newest source frame, of completed jobs of displays",
  source: "ILLIXR (IISWC 2021); docs/semantics.md",
  onlyWith: "display",
};

const reaction: Sample = {
  of: (tally) => tally.reaction,
  name: (statistic) => `reaction${initialised(statistic)}Ms`,
  title: "reaction time",
  definition:
    "completion of a display's job that shows a newer source frame - nominal release of the source frame shown before",
  source: "Günzel et al. (ECRTS 2023): reaction time and data age; docs/semantics.md",
  onlyWith: "display",
};

const ms = (ns: number | undefined): number | undefined => (ns === undefined ? undefined : msFromNs(ns));

function latency(
  sample: Sample,
  name: string,
  title: string,
  valueNs: (summary: LatencySummary) => number | undefined,
): Metric {
  return {
    name,
    title: `${title} ${sample.title}`,
    unit: "ms",
    better: "lower",
    definition: `${title.toLowerCase()} of ${sample.definition}`,
    source: sample.source ?? "textbook",
    ...pooled((tally) => ms(valueNs(sample.of(tally)))),
    jobs: (tally) => sample.of(tally).count,
    ...(sample.onlyWith !== undefined && { onlyWith: sample.onlyWith }),
  };
}

const mean = (sample: Sample, name: string): Metric =>
  latency(sample, name, "Mean", ({ sumNs, count }) => ratio(sumNs, count));

/** With fewer than 100 / (100 - percent) jobs the nearest rank is the last, so the quantile is the maximum. */
const tail = (sample: Sample, percent: 50 | 95 | 99): Metric => ({
  ...latency(sample, sample.name(`p${percent}`), `p${percent}`, (summary) => summary[`p${percent}Ns`]),
  neededJobs: 100 / (100 - percent),
});

const longest = (sample: Sample): Metric => latency(sample, sample.name("max"), "Maximum", ({ maxNs }) => maxNs);

export const meanResponseMs = mean(response, "meanResponseMs");
export const p50Ms = tail(response, 50);
export const p95Ms = tail(response, 95);
export const p99Ms = tail(response, 99);
export const maxMs = longest(response);

export const endToEndMeanMs = mean(endToEnd, endToEnd.name("mean"));
export const endToEndP50Ms = tail(endToEnd, 50);
export const endToEndP95Ms = tail(endToEnd, 95);
export const endToEndP99Ms = tail(endToEnd, 99);
export const endToEndMaxMs = longest(endToEnd);

export const motionToPhotonMs = mean(motionToPhoton, motionToPhoton.name("mean"));
export const motionToPhotonP50Ms = tail(motionToPhoton, 50);
export const motionToPhotonP99Ms = tail(motionToPhoton, 99);
export const motionToPhotonMaxMs = longest(motionToPhoton);

export const reactionMeanMs = mean(reaction, reaction.name("mean"));
export const reactionP50Ms = tail(reaction, 50);
export const reactionP99Ms = tail(reaction, 99);
export const reactionMaxMs = longest(reaction);

export const ageMeanMs = mean(age, age.name("mean"));
export const ageP50Ms = tail(age, 50);
export const ageP99Ms = tail(age, 99);
export const ageMaxMs = longest(age);
