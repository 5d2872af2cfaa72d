/** Worlds for feasibility, small enough to check on paper: tasks of ten frames a second, for one second. */
import { type Feasibility, feasibility } from "../../../src/analysis/feasibility/index.ts";
import { loadSolver } from "../../../src/analysis/solver/index.ts";
import type { Task } from "../../../src/core/scenario.ts";
import { type SmallTask, type SmallWorld, smallScenario } from "../../worlds.ts";

export const fps = (rate: number, offsetNs = 0): Task["release"] => ({
  kind: "periodic",
  fps: rate,
  offsetNs,
  jitterNs: 0,
});

export const after = (taskIndex: number, probability = 1): Task["release"] => ({
  kind: "after",
  taskIndexes: [taskIndex],
  probability,
});

/** 10 fps, due after 100 ms. `layersMs`: latency of each layer, for each accelerator if they differ. */
export const task = (
  id: string,
  layersMs: readonly (number | readonly number[])[],
  more: Partial<SmallTask> = {},
): SmallTask => ({
  id,
  layersNs: layersMs.map((layer) => (typeof layer === "number" ? layer * 1e6 : layer.map((ms) => ms * 1e6))),
  release: fps(10),
  deadlineNs: 100e6,
  ...more,
});

const solver = await loadSolver();

export function judge(tasks: readonly SmallTask[], world: Partial<SmallWorld> = {}): Feasibility {
  const { scenario, system, costTable } = smallScenario({ preemption: ["drain"], ...world, tasks });
  return feasibility(scenario, system, costTable, { solver });
}
