/** Which tasks have more jobs in a longer run. */
import { parentsOf, type Scenario } from "../core/scenario.ts";

/** Whether all roots of the task release as long as the run lasts, and not what a trace or a count gives. */
export function growsWithTime({ tasks }: Scenario, taskIndex: number): boolean {
  const seen = new Set([taskIndex]);
  for (const index of seen) {
    const task = tasks[index]!;
    const { kind } = task.release;
    if (kind === "trace" || kind === "one-shot") return false;
    for (const parent of parentsOf(task)) seen.add(parent);
  }
  return true;
}
