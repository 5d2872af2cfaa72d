/** The same comparison with all rates raised: how much of a reduction there is depends on the load. */

import type { Scenario, Task } from "../../core/scenario.ts";
import type { FigureColumn, FigureTable } from "../../records/reproduction.ts";
import { figure } from "./figures.ts";
import type { Bench } from "./paper.ts";
import { guarded, meanOf, violations } from "./ux-ratios.ts";
import { type Contestant, type StudySettings, study, type UxCase } from "./ux-study.ts";
import { less } from "./ux-tables.ts";
import { VariedWorkbench } from "./varied-workbench.ts";

const rateFactors = [1, 1.5, 2, 3, 4] as const;

const baselines: readonly Contestant[] = [
  { label: "planaria", scheduler: "planaria" },
  { label: "veltair", scheduler: "veltair" },
];
const [PLANARIA, VELTAIR] = [0, 1];

/** On the first system; `ours` are held against Planaria, the last of them also against Veltair. */
export async function loadTable(
  settings: StudySettings,
  ours: readonly Contestant[],
  { workbench, around }: Bench,
): Promise<FigureTable> {
  const systems = settings.systems.slice(0, 1);
  const tuned: StudySettings["tuned"] = { ...settings.tuned, grid: "off" };
  const rows: FigureTable["rows"][number][] = [];
  for (const factor of rateFactors) {
    const varied = { workbench: new VariedWorkbench(workbench, (scenario) => faster(scenario, factor)), around };
    const cases = await study({ ...settings, systems, tuned, entrants: [...baselines, ...ours] }, varied);
    rows.push({ rates: `x ${factor}`, ...loadRow(cases, ours) });
  }
  return {
    name: "load",
    title: `On ${systems[0]} with all rates raised: UXCost below Planaria's (V: Veltair's; guarded: of the last), violations, %`,
    place: "everywhere",
    columns: [{ name: "rates", heading: "rates", unit: "text" }, ...loadColumns(ours)],
    rows,
  };
}

const share = (name: string, heading: string): FigureColumn => ({ name, heading, unit: "share" });

const loadColumns = (ours: readonly Contestant[]): readonly FigureColumn[] => [
  ...ours.map(({ label }) => share(label, label)),
  share("guarded", "guarded"),
  share("veltair", "V"),
  share("planariaViolations", "viol P"),
  share("veltairViolations", "viol V"),
  share("violations", "viol"),
];

function loadRow(cases: readonly UxCase[], ours: readonly Contestant[]): Record<string, number | null> {
  const last = baselines.length + ours.length - 1;
  return {
    ...Object.fromEntries(ours.map(({ label }, i) => [label, less(cases, baselines.length + i, PLANARIA!)])),
    guarded: less(cases, last, PLANARIA!, guarded),
    veltair: less(cases, last, VELTAIR!),
    planariaViolations: figure(meanOf(cases, PLANARIA!, violations)),
    veltairViolations: figure(meanOf(cases, VELTAIR!, violations)),
    violations: figure(meanOf(cases, last, violations)),
  };
}

/** All frames in less time, each with less time to its deadline. */
export function faster<Given extends Scenario>(scenario: Given, factor: number): Given {
  return { ...scenario, tasks: scenario.tasks.map((task) => fasterTask(task, factor)) };
}

function fasterTask(task: Task, factor: number): Task {
  const { release, deadlineNs } = task;
  const isPeriodic = release.kind === "periodic";
  const faster = isPeriodic ? { ...release, fps: release.fps * factor, jitterNs: release.jitterNs / factor } : release;
  return { ...task, release: faster, deadlineNs: deadlineNs / factor };
}
