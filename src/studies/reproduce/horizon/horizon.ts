/**
 * Horizon, rtmm's own policy (docs/horizon.md), against every other built-in one: guarded UXCost and SLA over the
 * scenarios of XRBench and DREAM on eleven systems at three loads. Not a paper's comparison: what stands beside our
 * results are targets.
 */
import type { FigureTable } from "../../../records/reproduction.ts";
import { schedulers } from "../../../schedulers/index.ts";
import { distinctByPath } from "../comparison-runs.ts";
import type { Paper, ReproduceSettings } from "../paper.ts";
import { caseTable, policyTable, seedTable, worstSlaTable, worstTable } from "./case-tables.ts";
import { casesOf, fullGrid, type Grid, quickGrid } from "./grid.ts";
import { boundTable, rivalTable } from "./rivals.ts";
import { type HorizonCase, type HorizonSettings, runCases } from "./runs.ts";
import { loadTable, scenarioLoadTable, scenarioTable, systemTable, upsetTable } from "./summaries.ts";
import { targetsOf } from "./targets.ts";

const OURS = "horizon";
const WEIGHTS = [0, 0.5, 1, 1.5, 2];
const QUICK_MS = 200;

const notes = [
  "The best of a case is the built-in policy with its default parameters whose mean guarded UXCost over the seeds is least, chosen anew for each case. SLA is compared with that policy's.",
  "A case is a scenario on a system at a load, which multiplies all rates. Its value is the mean over the seeds; where nothing is drawn, all seeds are the same and one is run. Ratios are geometric means over cases.",
  "Intervals are over the cases (bootstrap-t; Student's t for fewer than ten): how much the choice of cases matters. Cases of one scenario are alike, so they are not as many independent trials. The table of seeds shows how much draws matter.",
  "Meetable: some other policy meets every deadline with every seed. All other cases are overloaded.",
  "DREAM is tuned for each case: the weights alpha and beta of least guarded UXCost among 5 x 5, from 0 to 2, on the first seed. That seed is among those compared, which is in DREAM's favour.",
  "Plans are upset on three of the systems with the first seed: latencies that policies see are off by up to 20 %, releases come up to 5 % of their period late, drawn dependents follow with probability 0.5. All policies meet the same.",
  "The bound is proven for the very draws of each seed (docs/bounds.md) and compared as a mean over the seeds. No policy can be below it; where all policies are far above, the bound may be what is loose.",
  "The models of DREAM's scenarios have no costs on measured-xr-soc.",
];

export const horizon: Paper = {
  name: OURS,
  title: "horizon: guarded UXCost and SLA against every other built-in policy",
  seeds: 5,
  hasDuration: true,
  comparisons: (settings, library) => casesOf(gridOf(settings), library).length,
  async measure(given, bench) {
    const settings = settingsOf(given);
    const all = await runCases(casesOf(gridOf(given), bench.workbench.files), settings, bench);
    const cases = all.filter(({ upset }) => upset === undefined);
    const upset = all.filter((each) => !cases.includes(each));
    return {
      durationMs: settings.durationMs ?? null,
      claims: targetsOf(cases, upset),
      differences: notes,
      tables: tablesOf(cases, upset, given.seeds),
      scenarios: [...new Set(all.map(({ scenario }) => scenario))],
      systems: [...new Set(all.map(({ system }) => system))],
      schedulers: [
        ...[OURS, ...settings.rivals].map((scheduler) => ({ label: scheduler, scheduler })),
        { label: "dream, tuned", scheduler: "dream, alpha and beta as in the table of cases" },
      ],
      inputs: distinctByPath(all.flatMap(({ inputs }) => inputs)),
    };
  },
};

const tablesOf = (
  cases: readonly HorizonCase[],
  upset: readonly HorizonCase[],
  seeds: readonly number[],
): readonly FigureTable[] => [
  loadTable(cases),
  rivalTable(cases),
  boundTable(cases),
  scenarioTable(cases),
  scenarioLoadTable(cases),
  systemTable(cases),
  upsetTable(cases, upset),
  worstTable(cases),
  worstSlaTable(cases),
  ...(seeds.length > 1 ? [seedTable(cases, seeds)] : []),
  caseTable(cases),
  policyTable(cases),
];

const gridOf = ({ extent }: ReproduceSettings): Grid => (extent === "quick" ? quickGrid : fullGrid);

const settingsOf = ({ extent, seeds, durationMs }: ReproduceSettings): HorizonSettings => ({
  ours: OURS,
  rivals: schedulers.map(({ name }) => name).filter((name) => name !== OURS),
  seeds,
  durationMs: durationMs ?? (extent === "quick" ? QUICK_MS : undefined),
  weights: extent === "quick" ? [] : WEIGHTS,
  bounds: "on",
});
