/** The layers that one job runs, by its own draws. */

import type { Program } from "../program.ts";
import { drawnNs } from "../spread.ts";
import type { LiveJob } from "./live-job.ts";

type Job = Pick<LiveJob, "task" | "taskIndex" | "jobIndex" | "variantIndex" | "scale">;

/**
 * Alone on its fastest single accelerator (see TaskProgram.isolatedNs), in the times that its layers are drawn, ns. Known
 * only once the job has ended: no policy sees it.
 */
export function ownIsolatedNs(program: Program, seed: number, job: Job): number {
  const { columns, fullColumn } = program;
  const sums = new Float64Array(fullColumn.length);
  let spreadNs = 0;
  for (const row of ownPath(program, seed, job)) {
    let leastNs = Infinity;
    for (let a = 0; a < sums.length; a++) {
      const ns = Math.round(ownLatencyNs(program, seed, job, row, row * columns + fullColumn[a]!) * job.scale);
      sums[a]! += ns;
      leastNs = Math.min(leastNs, ns);
    }
    spreadNs += leastNs;
  }
  const alone = Math.min(...sums);
  return Number.isFinite(alone) ? alone : spreadNs;
}

function ownLatencyNs({ latencyNs, spreads }: Program, seed: number, job: Job, row: number, at: number): number {
  const { task, taskIndex, jobIndex, variantIndex } = job;
  const spread = spreads?.[at];
  if (spread === undefined) return latencyNs[at]!;
  return drawnNs(spread, latencyNs[at]!, seed, taskIndex, jobIndex, row - task.firstRow[variantIndex]!);
}

function* ownPath(program: Program, seed: number, { task, taskIndex, jobIndex, variantIndex }: Job): Iterable<number> {
  const end = task.endRow[variantIndex]!;
  let { row } = program.branches.next(task.firstRow[variantIndex]!, "jumped", seed, taskIndex, jobIndex);
  while (row < end) {
    yield row;
    row = program.branches.next(row + 1, "ran", seed, taskIndex, jobIndex).row;
  }
}
