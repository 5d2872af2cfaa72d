// The populations that samples are drawn from: metrics of many seeds under two schedulers, and made-up values of the
// same kinds.
import { Library } from "../../dist/files/library.js";
import { prepare } from "../../dist/run/prepare.js";
import { runOnce } from "../../dist/run/run-once.js";
import { Workbench } from "../../dist/run/workbench.js";

// Populations for samples: metrics of many seeds under two schedulers, and made-up values of the same kinds.

const SEEDS = 500;

/** The first scheduler is the baseline of the second. */
const measured = [
  { scenario: "outdoor-activity-a", schedulers: ["edf", "dream"] },
  { scenario: "dream-ar-social", schedulers: ["fcfs", "dream"] },
  { scenario: "dream-vr-gaming", schedulers: ["fcfs", "dream"] },
  { scenario: "dream-drone-outdoor", schedulers: ["fcfs", "dream"] },
  { scenario: "prema-multi-tenant", schedulers: ["fcfs", "sjf"] },
];

const kindOf = {
  uxCost: "ratios and products",
  edpMjMs: "ratios and products",
  slaSatisfaction: "ratios and products",
  deadlineViolationRate: "ratios and products",
  xrbenchScore: "ratios and products",
  antt: "ratios and products",
  energyMj: "others",
  meanResponseMs: "others",
  p99Ms: "others",
  violations: "others",
};

/** One for each metric that differs between seeds: { kind, name, values, baseline }. */
export async function measuredPopulations() {
  const workbench = new Workbench(new Library(process.cwd()));
  const populations = [];
  for (const { scenario, schedulers } of measured) {
    const [baselineRuns, runs] = [
      await runsOf(scenario, schedulers[0], workbench),
      await runsOf(scenario, schedulers[1], workbench),
    ];
    for (const [metric, kind] of Object.entries(kindOf)) {
      const [baseline, values] = [baselineRuns, runs].map((all) => all.map((run) => run[metric]));
      if (new Set(values).size < 3 || [...baseline, ...values].some((value) => typeof value !== "number")) continue;
      populations.push({
        kind,
        name: `${metric}, ${scenario}, ${schedulers[1]} to ${schedulers[0]}`,
        values,
        baseline,
      });
    }
  }
  return populations;
}

async function runsOf(scenario, scheduler, workbench) {
  const request = {
    scenario: workbench.files.find("scenario", scenario),
    system: workbench.files.find("system", "hda-2-ws-os-4k"),
    scheduler,
    parameters: {},
    durationMs: undefined,
    warmupMs: 0,
  };
  const runs = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    runs.push(runOnce(await prepare({ ...request, seed }, workbench)).result.metrics);
  }
  return runs;
}

const MADE_UP = 20_000;

/** `uniform`: returns a random number from 0 to 1. */
export function madeUpPopulations(uniform) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const shapes = {
    "log-normal, spread 0.1": (z) => Math.exp(0.1 * z),
    "log-normal, spread 0.6": (z) => Math.exp(0.6 * z),
    "share near 1": (z) => Math.min(1, 1 - Math.max(0, 0.03 + 0.03 * z)),
    "share of violations, often 0": (z) => Math.max(0, 0.05 * z),
    "two values": (z) => (z > 0.5 ? 2 : 1),
  };
  return Object.entries(shapes).map(([name, shape]) => {
    const common = Float64Array.from({ length: MADE_UP }, normal);
    const own = () => Array.from(common, (each) => shape(0.8 * each + 0.6 * normal()));
    return { kind: "made up", name, values: own(), baseline: own() };
  });
}
