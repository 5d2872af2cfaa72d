/** A run in one sentence. */
import type { RunResult } from "../../records/run-result.ts";

export function verdictOf({ metrics, tasks, scheduler }: RunResult): string {
  const released = Number(metrics.released ?? 0);
  const missed = Number(metrics.violations ?? 0);
  if (released === 0) return "No job was released.";
  if (missed === 0) return `With ${scheduler.name}, all ${released} jobs meet their deadlines.`;
  const worst = tasks.reduce((most, task) => (Number(task.violations) > Number(most.violations) ? task : most));
  return `With ${scheduler.name}, ${missed} of ${released} jobs miss; most of them are of ${worst.id}.`;
}
