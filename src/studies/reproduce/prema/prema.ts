/**
 * PREMA (Choi and Rhu, HPCA 2020): ANTT, STP and SLA satisfaction of its policies against NP-FCFS, over mixes of eight
 * tenants on one NPU. Claims and policies: docs/references.md#prema (from memory, except the abstract's numbers).
 */
import type { Claim } from "../../../records/reproduction.ts";
import type { ComparisonRuns } from "../../compare/run-comparison.ts";
import { comparisonRuns, inputsOf, namesOf, type RunSettings, runComparisons } from "../comparison-runs.ts";
import { alone, type Estimate } from "../figures.ts";
import type { Paper, ReproduceSettings } from "../paper.ts";
import { type Gain, gainOf, gains, runGains } from "./gains.ts";
import { BASELINE, policies, schedulers } from "./policies.ts";
import { curveTable, gainTable } from "./tables.ts";
import { variantSchedulers, windowComparisons, windowTable } from "./variants.ts";

export const scenarios = ["prema-multi-tenant"];
export const systems = ["prema-npu"];

const differences = [
  "The claims are the abstract's. From memory, their baseline is NP-FCFS and latency means ANTT. We do not know the paper's target N or how it averages over the runs. Ours is the ratio of the means over the runs; SLA is the mean satisfaction over N = 2 to 20.",
  "The workload is from memory: eight one-shot tasks, with random priorities (1, 3, 9) and batches (1, 4, 16). The arrival window (5.7 ms) is a third party's; a table below varies it.",
  "Networks are written from their own papers. The lengths of recurrent ones are drawn per job; the paper unrolls them by a profiled table.",
  "Costs are rtmm's systolic model of the NPU with 128-row accumulators (a peer's value); the paper has its own cycle-level simulator.",
  "Nothing is ever late here: tenants have no deadline, so no policy drops a job.",
  "Where the sources leave the algorithm open (wait, threshold, estimate, timer), we use our defaults; a table below varies them.",
];

export const prema: Paper = {
  name: "prema",
  title: "PREMA (HPCA 2020): ANTT, STP and SLA against NP-FCFS",
  seeds: 25,
  hasDuration: false,
  comparisons: (settings) => comparisonsOf(settings).length,
  async measure(settings, bench) {
    const runs = await runComparisons(comparisonsOf(settings), bench, (each) => comparisonRuns(each, bench));
    const [all, variants, ...windows] = runs as readonly [ComparisonRuns, ComparisonRuns, ...ComparisonRuns[]];
    return {
      durationMs: null,
      claims: claimsOf(all),
      differences,
      tables: [
        gainTable(
          "policies",
          "Policies, against NP-FCFS (gain: times better, ratio of means)",
          policies.map(({ label, mode }) => ({ label, mode })),
          all,
        ),
        curveTable("sla-not-preemptive", "SLA satisfaction in %, not preemptive, by target N", "not preemptive", all),
        curveTable("sla-preemptive", "SLA satisfaction in %, preemptive (s: static, d: dynamic)", "preemptive", all),
        gainTable(
          "parameters",
          "PREMA with other settings of its open choices",
          variantSchedulers.map(({ label }) => ({ label })),
          variants,
        ),
        windowTable(windows),
      ],
      ...namesOf([all]),
      schedulers: [...schedulers, ...variantSchedulers.slice(1)],
      inputs: inputsOf([all]),
    };
  },
};

function comparisonsOf({ seeds }: ReproduceSettings): readonly RunSettings[] {
  const settings = { scenarios, systems, seeds, durationMs: undefined };
  return [{ ...settings, schedulers }, { ...settings, schedulers: variantSchedulers }, ...windowComparisons(settings)];
}

const OURS = "prema";

function claimsOf(all: ComparisonRuns): readonly Claim[] {
  const ours = schedulers.findIndex(({ scheduler }) => scheduler === OURS);
  const claim = (what: string, claimed: number | null, estimate: Estimate): Claim => {
    return { what, claimed, ...estimate, unit: "ratio", differences: [1, 2, 3, 4, 5, 6] };
  };
  const ofMeans = (gain: Gain) => gainOf(all, ours, BASELINE, gain);
  const ofRuns = (gain: Gain) => alone(runGains(all, ours, BASELINE, gain));
  return [
    claim("latency (ANTT), less", 7.8, ofMeans(gains.antt)),
    claim("throughput (STP), more", 1.4, ofMeans(gains.stp)),
    claim("SLA satisfaction, more", 4.8, ofMeans(gains.sla)),
    claim("SLA violations, less", null, ofMeans(gains.slaMissed)),
    ...[2, 4, 8].map((n) => claim(`SLA satisfaction at N = ${n}, more`, null, ofMeans(gains.slaAt(n)))),
    claim("ANTT, mean of the runs' own ratios", null, ofRuns(gains.antt)),
    claim("STP, mean of the runs' own ratios", null, ofRuns(gains.stp)),
    claim("SLA, mean of the runs' own ratios", null, ofRuns(gains.sla)),
  ];
}
