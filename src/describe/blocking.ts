/** Layers so long that a job of another task cannot wait for their end, where both may run and a scheduler could stop them. */
import { type FastestPath, inLeastTimes } from "../analysis/feasibility/index.ts";
import { type CostTable, columnOf, costsOf } from "../core/costs.ts";
import type { Model } from "../core/model.ts";
import type { Scenario } from "../core/scenario.ts";
import type { System } from "../core/system.ts";
import { msText } from "./short-figures.ts";

/** One text about the longest layer and the least slack that it exceeds; none if every job can wait for every layer. */
export function blockingTexts(
  scenario: Scenario,
  system: System,
  costs: CostTable,
  paths: readonly FastestPath[],
): string[] {
  const longest = scenario.tasks.map(({ model }) => longestByAccelerator(costs, system, model));
  const pairs = scenario.tasks.flatMap((_, waiting) =>
    longest.map((layersNs, running) => ({
      waiting,
      running,
      layerNs: inTheWayNs(layersNs, longest[waiting]!),
      slackNs: slackNs(paths[waiting]!),
    })),
  );
  const blocking = pairs.filter(({ waiting, running, layerNs, slackNs }) => waiting !== running && layerNs > slackNs);
  const worst = blocking.sort((a, b) => b.layerNs - b.slackNs - (a.layerNs - a.slackNs))[0];
  if (worst === undefined) return [];
  const { id: waiting } = scenario.tasks[worst.waiting]!;
  const { id: running } = scenario.tasks[worst.running]!;
  return [
    `A layer of ${running} takes ${msText(worst.layerNs)} ms or more, and ${waiting} has ${msText(worst.slackNs)} ms to spare. ` +
      "edf, llf and others that stop no running layer may be late for that alone; -p mechanism=checkpoint lets them stop it.",
  ];
}

/** Infinity if the task is late anyway: stopping others does not help it. */
const slackNs = ({ fastestNs, shortestDeadlineNs }: FastestPath): number =>
  fastestNs <= shortestDeadlineNs ? shortestDeadlineNs - fastestNs : Infinity;

/** The longest layer that can keep a task from an accelerator where it runs, too; -Infinity: the two never meet. */
const inTheWayNs = (running: readonly number[], waiting: readonly number[]): number =>
  Math.max(-Infinity, ...running.filter((_, accelerator) => waiting[accelerator]! >= 0));

/**
 * The longest layer that can run and be stopped on each accelerator, of the original variant, in its least time on the
 * accelerator that is fastest for it; -Infinity: there is none.
 */
function longestByAccelerator(costs: CostTable, { accelerators }: System, model: Model): readonly number[] {
  const { latencyNs, layers } = inLeastTimes(costsOf(costs, model).variants[0]!);
  const { columns } = costs;
  const rows = Array.from({ length: layers }, (_, i) => latencyNs.subarray(i * columns, (i + 1) * columns));
  return accelerators.map(({ preemption, units }, index) => {
    if (!preemption.includes("checkpoint")) return -Infinity;
    const first = columnOf(accelerators, index, 1);
    const here = rows.filter((row) => row.subarray(first, first + units).some(Number.isFinite));
    return Math.max(-Infinity, ...here.map((row) => Math.min(...row)));
  });
}
