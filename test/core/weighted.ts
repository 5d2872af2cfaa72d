/** Worlds with a memory for weights: 100 bytes, filled at 10 bytes a ns and 2 pJ a byte, unless said. */
import type { WeightMemory } from "../../src/core/system.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { run, type SmallTask, type SmallWorld, smallTask } from "../worlds.ts";

export const weights: WeightMemory = { bytes: 100, bandwidthGBs: 10, energyPjPerByte: 2, overlap: "off" };

export const task = (id: string, layersNs: number[], weightBytes: number[], more: Partial<SmallTask> = {}): SmallTask =>
  smallTask(id, layersNs, { weightBytes, ...more });

export const world = (
  tasks: readonly SmallTask[],
  memory: Partial<WeightMemory> = {},
  more: Partial<SmallWorld> = {},
) => ({
  tasks,
  accelerator: { weights: { ...weights, ...memory } },
  ...more,
});

/** [start, task, layer, load ns or undefined] of each segment. */
export const loads = (of: SmallWorld, by = fcfs) =>
  run(of, by).segments.map((each) => [each.startNs, of.tasks[each.taskIndex]!.id, each.layerIndex, each.load?.ns]);
