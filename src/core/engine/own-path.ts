/** The layers that one job runs, by its own draws. */

import type { Program } from "../program.ts";
import type { LiveJob } from "./live-job.ts";

type Job = Pick<LiveJob, "task" | "taskIndex" | "jobIndex" | "variantIndex" | "scale">;

/** Alone on its fastest single accelerator (see TaskProgram.isolatedNs), ns. Known only once the job has ended: no policy sees it. */
export function ownIsolatedNs(program: Program, seed: number, job: Job): number {
  const { columns, fullColumn, latencyNs } = program;
  const sums = new Float64Array(fullColumn.length);
  let spreadNs = 0;
  for (const row of ownPath(program, seed, job)) {
    for (let a = 0; a < sums.length; a++)
      sums[a]! += Math.round(latencyNs[row * columns + fullColumn[a]!]! * job.scale);
    spreadNs += Math.round(program.minLatencyNs[row]! * job.scale);
  }
  const alone = Math.min(...sums);
  return Number.isFinite(alone) ? alone : spreadNs;
}

function* ownPath(program: Program, seed: number, { task, taskIndex, jobIndex, variantIndex }: Job): Iterable<number> {
  const end = task.endRow[variantIndex]!;
  let { row } = program.branches.next(task.firstRow[variantIndex]!, "jumped", seed, taskIndex, jobIndex);
  while (row < end) {
    yield row;
    row = program.branches.next(row + 1, "ran", seed, taskIndex, jobIndex).row;
  }
}
