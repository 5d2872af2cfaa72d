/** PREMA with the choices that our notes leave open (section 9) made another way, and with other windows of arrivals. */
import type { FigureTable, ReproductionScheduler } from "../../records/reproduction.ts";
import type { LoadedScenario } from "../../scenario/multi-tenant.ts";
import type { Bench } from "./paper.ts";
import { gainColumns, gainRow } from "./prema-tables.ts";
import { type RunSettings, ran } from "./ran.ts";
import { VariedWorkbench } from "./varied-workbench.ts";

/** What is read another way, and the parameters that say so. */
const changes: readonly (readonly [label: string, parameters: string])[] = [
  ["wait=total", "reading=total-wait"],
  ["wait=total, running too", "reading=total-wait-running"],
  ["estimate=whole", "reading=whole-estimate"],
  ["comparison=above", "reading=strict-threshold"],
  ["freshTokens=ignored", "reading=fresh-ignored"],
  ["timer=free", "reading=free-timer"],
  ["granularity=layer", "granularity=layer"],
  ["periodMs=0.1", "periodMs=0.1"],
  ["periodMs=1", "periodMs=1"],
];

export const variantEntrants: readonly ReproductionScheduler[] = [
  { label: "NP-FCFS", scheduler: "fcfs" },
  { label: "PREMA", scheduler: "prema" },
  ...changes.map(([label, parameters]) => ({ label, scheduler: `prema:${parameters}` })),
];

/** Times as long as the scenario's. */
const windowFactors = [1, 4, 16, 64] as const;

/** The baseline and PREMA, the later the tenants come. */
export async function windowVariants(
  settings: Omit<RunSettings, "entrants">,
  { workbench, around }: Bench,
): Promise<FigureTable> {
  const rows: FigureTable["rows"][number][] = [];
  for (const factor of windowFactors) {
    const varied = new VariedWorkbench(workbench, (scenario) => stretched(scenario, factor));
    const all = await ran({ ...settings, entrants: variantEntrants.slice(0, 2) }, { workbench: varied, around });
    rows.push({ window: `x ${factor}`, fcfsAntt: gainRow(all, 0).antt!, ...gainRow(all, 1) });
  }
  return {
    name: "windows",
    title: "PREMA against NP-FCFS with a longer window of arrivals (x 1: 5.714 ms)",
    place: "everywhere",
    columns: [
      { name: "window", heading: "window", unit: "text" },
      { name: "fcfsAntt", heading: "NP-FCFS ANTT", unit: "ratio" },
      ...gainColumns,
    ],
    rows,
  };
}

function stretched(scenario: LoadedScenario, factor: number): LoadedScenario {
  const { generator, durationNs } = scenario;
  if (generator === undefined) return scenario;
  const windowNs = generator.windowNs * factor;
  return { ...scenario, durationNs: Math.max(durationNs, windowNs), generator: { ...generator, windowNs } };
}
