/** Blocks of a timeline: its slices, or as few boxes as a picture can show. */
import type { Slice, Timeline } from "../../records/timeline.ts";

export type Block = Pick<Slice, "taskIndex" | "acceleratorIndex" | "lane" | "startNs" | "endNs">;

export interface Blocks {
  readonly blocks: readonly Block[];
  /** Length of the steps in which slices were merged; undefined: each slice is a block. */
  readonly resolutionNs?: number;
}

/**
 * At most so many blocks. If there are more slices, each lane is cut into equal steps, each one for the task with most
 * of its time, or for none if it is idle for most of it.
 */
export function blocksOf({ fromNs, toNs, slices }: Timeline, most: number): Blocks {
  if (slices.length <= most) return { blocks: slices };
  const lanes = byLane(slices);
  const steps = Math.max(1, Math.floor(most / lanes.size));
  const resolutionNs = Math.ceil((toNs - fromNs) / steps);
  return { blocks: [...lanes.values()].flatMap((own) => merged(own, fromNs, toNs, resolutionNs)), resolutionNs };
}

function byLane(slices: readonly Slice[]): ReadonlyMap<string, readonly Slice[]> {
  const lanes = new Map<string, Slice[]>();
  for (const slice of slices) {
    const key = `${slice.acceleratorIndex}/${slice.lane}`;
    const own = lanes.get(key);
    if (own === undefined) lanes.set(key, [slice]);
    else own.push(slice);
  }
  return lanes;
}

function merged(own: readonly Slice[], fromNs: number, toNs: number, stepNs: number): readonly Block[] {
  const { acceleratorIndex, lane } = own[0]!;
  const blocks: Block[] = [];
  for (const [step, byTask] of timesByStep(own, fromNs, stepNs)) {
    const startNs = fromNs + step * stepNs;
    const endNs = Math.min(toNs, startNs + stepNs);
    const taskIndex = busiest(byTask, endNs - startNs);
    if (taskIndex === undefined) continue;
    const last = blocks.at(-1);
    if (last?.endNs === startNs && last.taskIndex === taskIndex) blocks[blocks.length - 1] = { ...last, endNs };
    else blocks.push({ taskIndex, acceleratorIndex, lane, startNs, endNs });
  }
  return blocks;
}

/** Time of each task, by step, ascending. */
function timesByStep(own: readonly Slice[], fromNs: number, stepNs: number): readonly [number, Map<number, number>][] {
  const times = new Map<number, Map<number, number>>();
  for (const { startNs, endNs, taskIndex } of own) {
    for (let step = Math.floor((startNs - fromNs) / stepNs); fromNs + step * stepNs < endNs; step += 1) {
      const overlapNs = Math.min(endNs, fromNs + (step + 1) * stepNs) - Math.max(startNs, fromNs + step * stepNs);
      const byTask = times.get(step) ?? new Map<number, number>();
      times.set(step, byTask.set(taskIndex, (byTask.get(taskIndex) ?? 0) + overlapNs));
    }
  }
  return [...times].sort(([a], [b]) => a - b);
}

/** undefined: idle for most of the time. */
function busiest(byTask: ReadonlyMap<number, number>, lengthNs: number): number | undefined {
  const busyNs = [...byTask.values()].reduce((sum, ns) => sum + ns, 0);
  if (2 * busyNs < lengthNs) return undefined;
  return [...byTask].reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}
