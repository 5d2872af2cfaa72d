// Coverage of confidence intervals: Student's t and bootstraps, for 2 to 50 seeds, over populations of metric values.
// Prints the tables of docs/statistics.md in about ten minutes. Needs dist/: npm run build. --all: a table for each
// population too.
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { meanInterval } from "../dist/analysis/statistics/mean-estimate.js";
import { pairedRatio } from "../dist/analysis/statistics/paired-ratio.js";
import { bca, estimatesOf, percentile, studentOnLog } from "./interval-coverage/other-intervals.js";
import { madeUpPopulations, measuredPopulations } from "./interval-coverage/populations.js";
import { stoppingCoverage } from "./interval-coverage/stopping.js";

const SIZES = [2, 3, 5, 10, 20, 50];
const TRIALS = 1000;

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What is estimated from the means of values and baseline, and the intervals to compare. */
const quantities = [
  {
    name: "mean of a metric",
    statistic: (value) => value,
    methods: {
      t: ({ values }) => meanInterval(values, "t"),
      "t on log": studentOnLog,
      percentile: (_, estimates) => percentile(estimates),
      BCa: (sample, estimates, statistic) => bca(estimates, sample, statistic),
      "bootstrap-t": ({ values }) => meanInterval(values, "bootstrap"),
    },
  },
  {
    name: "ratio to a baseline, paired",
    statistic: (value, baseline) => value / baseline,
    methods: {
      "t on log": (sample) => pairedRatio([sample], "t")?.interval,
      percentile: (_, estimates) => percentile(estimates),
      BCa: (sample, estimates, statistic) => bca(estimates, sample, statistic),
      "bootstrap-t": (sample) => pairedRatio([sample], "bootstrap")?.interval,
    },
  },
];

const showsAll = process.argv.includes("--all");
const populations = [...madeUpPopulations(random(1).uniform), ...(await measuredPopulations())];
for (const { name, statistic, methods } of quantities) {
  console.log(`\n${name}: coverage, and width relative to bootstrap-t\n`);
  const coverages = populations.map((population) => ({ population, rows: coverageOf(population, statistic, methods) }));
  if (showsAll) for (const { population, rows } of coverages) printTable(population.name, methods, rows);
  for (const kind of new Set(populations.map((population) => population.kind))) {
    const own = coverages.filter(({ population }) => population.kind === kind);
    const rows = SIZES.map((_, at) => meanAndWorst(own.map(({ rows }) => rows[at])));
    printTable(`${kind}: mean (worst) of ${own.length} populations`, methods, rows);
  }
}

printStopping();

/** The coverage that `rtmm compare --precision` leaves, for ratios and products. */
function printStopping() {
  const own = populations.filter(({ kind }) => kind === "ratios and products");
  const truthOf = ({ values, baseline }) => mean(values) / mean(baseline);
  const rows = own.map((each) => stoppingCoverage(each, { sampleOf, random, truth: truthOf(each) }));
  console.log(
    `seeds added until the interval is half as wide as with ten: mean (worst) of ${own.length} populations\n`,
  );
  console.log("| begins with | coverage | seeds in the end |\n| ---: | ---: | ---: |");
  for (const [at, { first }] of rows[0].entries()) {
    const coverages = rows.map((row) => row[at].coverage);
    const seeds = mean(rows.map((row) => row[at].seeds));
    const worst = Math.min(...coverages);
    console.log(`| ${first} | ${mean(coverages).toFixed(3)} (${worst.toFixed(2)}) | ${seeds.toFixed(0)} |`);
  }
}

/** By size, then method: { coverage, width }. */
function coverageOf(population, statistic, methods) {
  const target = statistic(mean(population.values), mean(population.baseline));
  return SIZES.map((size) => {
    const draw = random(size);
    const names = Object.keys(methods);
    const covered = names.map(() => 0);
    const widths = names.map(() => []);
    for (let trial = 0; trial < TRIALS; trial += 1) {
      const sample = sampleOf(population, size, draw);
      const estimates = estimatesOf(sample, statistic);
      for (const [at, name] of names.entries()) {
        const interval = methods[name](sample, estimates, statistic);
        if (interval === undefined) continue;
        const margin = 1e-9 * Math.abs(target);
        if (interval.low <= target + margin && interval.high >= target - margin) covered[at] += 1;
        widths[at].push(interval.high - interval.low);
      }
    }
    return names.map((_, at) => ({ coverage: covered[at] / TRIALS, width: median(widths[at]) }));
  });
}

function sampleOf({ values, baseline }, size, draw) {
  const seeds = Array.from({ length: size }, () => uniformInt(draw, 0, values.length - 1));
  return { values: seeds.map((seed) => values[seed]), baseline: seeds.map((seed) => baseline[seed]) };
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function random(seed) {
  const generator = xoroshiro128plus(seed);
  generator.uniform = () => uniformFloat64(generator);
  return generator;
}

function meanAndWorst(cells) {
  return cells[0].map((_, at) => {
    const coverages = cells.map((row) => row[at].coverage);
    const widths = cells.map((row) => row[at].width / row.at(-1).width).filter(Number.isFinite);
    return { coverage: mean(coverages), worst: Math.min(...coverages), width: median(widths) };
  });
}

function printTable(title, methods, rows) {
  console.log(`${title}\n\n| seeds | ${Object.keys(methods).join(" | ")} |`);
  console.log(`| ---: |${" ---: |".repeat(Object.keys(methods).length)}`);
  for (const [at, row] of rows.entries()) {
    const cells = row.map(({ coverage, worst, width }) => {
      const own = worst === undefined ? width / row.at(-1).width : width;
      return `${coverage.toFixed(3)}${worst === undefined ? "" : ` (${worst.toFixed(2)})`} ×${own.toFixed(2)}`;
    });
    console.log(`| ${SIZES[at]} | ${cells.join(" | ")} |`);
  }
  console.log("");
}
