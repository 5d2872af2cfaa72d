/** Which of XRBench's three kinds a scenario is. */
import { parentsOf, type Scenario } from "../core/scenario.ts";

export type ScenarioKind = "cascaded" | "concurrent" | "cascaded-concurrent";

/** `cascaded`: all tasks form one chain. `concurrent`: none depends on another. Source: docs/references.md#xrbench. */
export function scenarioKind({ tasks }: Pick<Scenario, "tasks">): ScenarioKind {
  const parents = tasks.map(parentsOf);
  const edges = parents.flat();
  if (edges.length === 0) return "concurrent";
  const roots = parents.filter((each) => each.length === 0).length;
  const isChain = roots === 1 && parents.every((each) => each.length <= 1) && new Set(edges).size === edges.length;
  return isChain ? "cascaded" : "cascaded-concurrent";
}
