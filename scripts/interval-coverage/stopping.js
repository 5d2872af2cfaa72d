// Coverage if seeds are added until an interval is narrow enough, as `rtmm compare --precision` does.
import { intervalMethod } from "../../dist/analysis/statistics/interval-method.js";
import { pairedRatio } from "../../dist/analysis/statistics/paired-ratio.js";
import { nextSeeds, relativeHalfWidth } from "../../dist/analysis/statistics/precision.js";

const FIRST = [2, 5, 10, 20];
const MOST = 100;
const TRIALS = 300;

/** The aim is half of the usual half-width of ten seeds. By first number of seeds: { first, coverage, seeds }. */
export function stoppingCoverage(population, { sampleOf, random, truth }) {
  const widths = Array.from({ length: 99 }, (_, i) => halfWidthOf(sampleOf(population, 10, random(1000 + i))));
  const aim = widths.sort((a, b) => a - b)[49] / 2;
  return FIRST.map((first) => {
    const draw = random(first);
    let [covered, seeds] = [0, 0];
    for (let trial = 0; trial < TRIALS; trial += 1) {
      const all = sampleOf(population, MOST, draw);
      const { count, interval } = stopped(all, first, aim);
      const { low, high } = interval;
      if (low <= truth * (1 + 1e-9) && high >= truth * (1 - 1e-9)) covered += 1;
      seeds += count;
    }
    return { first, coverage: covered / TRIALS, seeds: seeds / TRIALS };
  });
}

function stopped(sample, first, aim) {
  for (let count = first; ; ) {
    const { ratio, interval } = estimateOf(head(sample, count)) ?? none;
    const halfWidth = relativeHalfWidth(ratio, interval);
    if (count === MOST || halfWidth <= aim) return { count, interval };
    count = Math.min(MOST, nextSeeds(count, halfWidth, aim));
  }
}

/** For a sample without a ratio, an interval that contains everything. */
const none = { ratio: 1, interval: { low: -1e9, high: 1e9 } };

const head = ({ values, baseline }, count) => ({ values: values.slice(0, count), baseline: baseline.slice(0, count) });
const estimateOf = (sample) => pairedRatio([sample], intervalMethod({ unit: "ratio" }, sample.values.length));

function halfWidthOf(sample) {
  const { ratio, interval } = estimateOf(sample) ?? none;
  return relativeHalfWidth(ratio, interval);
}
