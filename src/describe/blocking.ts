/** Layers so long that a job of another task cannot wait for their end, where a scheduler could stop them. */
import { type FastestPath, inLeastTimes } from "../analysis/feasibility/index.ts";
import { type CostTable, costsOf } from "../core/costs.ts";
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
  if (!system.accelerators.some(({ preemption }) => preemption.includes("checkpoint"))) return [];
  const longestNs = scenario.tasks.map(({ model }) => longestLayerNs(costs, model));
  const pairs = scenario.tasks.flatMap((_, waiting) =>
    longestNs.map((layerNs, running) => ({ waiting, running, layerNs, slackNs: slackNs(paths[waiting]!) })),
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

/** Of the original variant, in its least time on the accelerator that is fastest for it. */
function longestLayerNs(costs: CostTable, model: Scenario["tasks"][number]["model"]): number {
  const { latencyNs, layers } = inLeastTimes(costsOf(costs, model).variants[0]!);
  const columns = costs.columns;
  const fastest = Array.from({ length: layers }, (_, layer) =>
    Math.min(...latencyNs.subarray(layer * columns, (layer + 1) * columns)),
  );
  return Math.max(0, ...fastest.filter(Number.isFinite));
}
