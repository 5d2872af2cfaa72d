/** A scenario's feasibility on a system: loads, fastest paths, verdict, and the changes that it would need. */

import { caseBounds } from "../analysis/bounds/index.ts";
import { type Feasibility, feasibility, type TaskLoad, taskLoads, weightFits } from "../analysis/feasibility/index.ts";
import type { LinearSolver } from "../analysis/solver/index.ts";
import type { CostTable } from "../core/costs.ts";
import { compile } from "../core/program.ts";
import { closedRootOf, type Scenario } from "../core/scenario.ts";
import type { System } from "../core/system.ts";
import { measurementContext } from "../metrics/measurement-context.ts";
import type { Block } from "../output/description.ts";
import { nothing, readable, significant } from "../output/number-text.ts";
import { left, right } from "../output/text-table.ts";
import { blockingTexts } from "./blocking.ts";
import { feasibilityTexts } from "./feasibility-text.ts";
import { msOrNull, msText } from "./short-figures.ts";
import { weightFitBlocks, weightFitRecords } from "./weight-fit.ts";

export interface OnSystem {
  readonly system: System;
  readonly costs: CostTable;
  readonly seed: number;
  readonly solver: LinearSolver;
}

export function onSystem(scenario: Scenario, { system, costs, seed, solver }: OnSystem) {
  const found = feasibility(scenario, system, costs, { seed, solver });
  const loads = taskLoads(scenario, system, costs);
  const leastCost = leastUxCost(scenario, { system, costs, seed, solver }, found);
  const fits = weightFits(scenario, system, costs);
  const record = { ...recordOf(scenario, system, found, loads), leastUxCostGuarded: leastCost ?? null };
  return {
    record: fits.length === 0 ? record : { ...record, weights: weightFitRecords(fits) },
    blocks: [...blocksOf(scenario, { system, costs }, found, loads, leastCost), ...weightFitBlocks(fits)],
  };
}

/** A bound on more jobs would keep a reader waiting. */
const MOST_BOUNDED = 1000;

/** Guarded; undefined: not known. */
function leastUxCost(
  scenario: Scenario,
  { system, costs, seed, solver }: OnSystem,
  { violations }: Feasibility,
): number | undefined {
  if (violations === undefined || violations.jobs > MOST_BOUNDED) return undefined;
  const subject = {
    program: compile(scenario, system, costs),
    context: measurementContext(scenario, system, costs),
    seed,
  };
  return caseBounds(subject, costs, solver, { effort: "fast" })?.uxCostGuarded;
}

const uxCostTexts = (leastCost: number | undefined, { dependsOnSeed, seed }: Feasibility): readonly string[] =>
  leastCost === undefined
    ? []
    : [
        `No scheduler has a guarded UXCost below ${significant(leastCost)}${dependsOnSeed ? ` (with the draws of seed ${seed})` : ""}.`,
      ];

/** What is known of how many jobs a task has: nothing below a closed loop. */
const known = (scenario: Scenario, taskIndex: number, jobs: readonly number[] | undefined): number | undefined =>
  closedRootOf(scenario, taskIndex) === undefined ? jobs?.[taskIndex] : undefined;

function recordOf(scenario: Scenario, system: System, found: Feasibility, loads: readonly TaskLoad[]): object {
  const { tasks } = scenario;
  const { verdict, seed, dependsOnSeed, violations } = found;
  return {
    system: system.name,
    verdict,
    seed,
    dependsOnSeed,
    phases: found.phases.map(({ name, fromNs, toNs, leastPeakLoad }) => ({
      name,
      fromMs: fromNs / 1e6,
      toMs: toNs / 1e6,
      leastPeakLoad: Number.isFinite(leastPeakLoad) ? leastPeakLoad : null,
    })),
    leastPeakLoad: Number.isFinite(found.leastPeakLoad) ? found.leastPeakLoad : null,
    largestRateFactor: found.largestRateFactor ?? null,
    jobs: violations?.jobs ?? null,
    leastViolations: violations?.violations ?? null,
    leastViolationRate: found.leastViolationRate ?? null,
    tasks: found.fastestPaths.map((path, i) => ({
      id: tasks[i]!.id,
      loads: Object.fromEntries(system.accelerators.map(({ id }, a) => [id, loads[i]!.loads[a] ?? null])),
      fastestPathMs: msOrNull(path.fastestNs),
      shortestDeadlineMs: msOrNull(path.shortestDeadlineNs),
      deadlineMs: msOrNull(path.deadlineNs),
      isHopeless: path.isHopeless,
      excessMs: path.excessNs === undefined ? null : msOrNull(path.excessNs),
      fittingFps: path.fittingFps ?? null,
      jobs: known(scenario, i, violations?.jobsByTask) ?? null,
      hopelessJobs: known(scenario, i, violations?.hopelessByTask) ?? null,
    })),
  };
}

function blocksOf(
  scenario: Scenario,
  { system, costs }: Pick<OnSystem, "system" | "costs">,
  found: Feasibility,
  loads: readonly TaskLoad[],
  leastCost: number | undefined,
): Block[] {
  const blocking = blockingTexts(scenario, system, costs, found.fastestPaths);
  return [
    ...loadTables(scenario, system, loads),
    pathTable(scenario, found),
    { kind: "paragraphs", title: "Long layers", paragraphs: blocking },
    {
      kind: "paragraphs",
      title: `Feasibility on ${system.name}`,
      paragraphs: [...feasibilityTexts(scenario, found, loads), ...uxCostTexts(leastCost, found)],
    },
  ];
}

/** More accelerators side by side do not fit into 80 columns. */
const ACCELERATORS_PER_TABLE = 5;

function loadTables({ tasks }: Scenario, { name, accelerators }: System, loads: readonly TaskLoad[]): Block[] {
  const starts = [...accelerators.keys()].filter((a) => a % ACCELERATORS_PER_TABLE === 0);
  return starts.map((start) => {
    const shown = accelerators.slice(start, start + ACCELERATORS_PER_TABLE);
    return {
      kind: "table",
      title: `Load in percent, if one accelerator of ${name} ran the whole task`,
      columns: [left("task"), ...shown.map(({ id }) => right(shortened(id)))],
      rows: loads.map((load, i) => [tasks[i]!.id, ...shown.map((_, a) => readable(load.loads[start + a], "share"))]),
    };
  });
}

const shortened = (id: string): string => (id.length <= 10 ? id : `${id.slice(0, 9)}…`);

function pathTable(scenario: Scenario, { fastestPaths, violations }: Feasibility): Block {
  const { tasks } = scenario;
  const numbers = ["fastest ms", "deadline ms", "slack ms", "jobs", "hopeless"];
  return {
    kind: "table",
    title: "Fastest path from the frame's release (parents first, layers where fastest)",
    columns: [left("task"), ...numbers.map(right)],
    rows: fastestPaths.map(({ fastestNs, shortestDeadlineNs, deadlineNs }, i) => [
      tasks[i]!.id,
      fastestNs === Infinity ? nothing : msText(fastestNs),
      deadlineNs === shortestDeadlineNs ? msText(deadlineNs) : `${msText(shortestDeadlineNs)}-${msText(deadlineNs)}`,
      Number.isFinite(shortestDeadlineNs - fastestNs) ? msText(shortestDeadlineNs - fastestNs) : nothing,
      readable(known(scenario, i, violations?.jobsByTask), "count"),
      readable(known(scenario, i, violations?.hopelessByTask), "count"),
    ]),
  };
}
