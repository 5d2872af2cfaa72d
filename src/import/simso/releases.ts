/** How the tasks of a SimSo file release their jobs, in rtmm's terms. */
import type { LeftOuts } from "../left-out.ts";
import type { SimsoTask } from "./simulation.ts";

export type Release =
  | { readonly kind: "periodic"; readonly periodMs: number; readonly offsetMs: number; readonly deadlineMs: number }
  | { readonly kind: "times"; readonly timesMs: readonly number[]; readonly deadlineMs: number }
  /** The deadline counts from the release of the first task of the chain. */
  | { readonly kind: "after"; readonly parent: SimsoTask; readonly deadlineMs: number };

export interface ReleasedTask {
  readonly task: SimsoTask;
  readonly release: Release;
}

/** Parents come before what they release; tasks that nothing releases are left out. */
export function releasesOf(tasks: readonly SimsoTask[], file: string, left: LeftOuts): readonly ReleasedTask[] {
  const released = new Map<SimsoTask, ReleasedTask>();
  for (const task of tasks) {
    const release = ownRelease(task);
    if (release !== undefined) released.set(task, { task, release });
  }
  // A map's iteration includes what is added on the way, so chains are followed to their end.
  for (const [parent, { release }] of released) follow(parent, release.deadlineMs, tasks, released, file, left);
  for (const task of tasks)
    if (!released.has(task)) left.add("task that nothing releases", `${task.name} has no activations`, file, task.at);
  return [...released.values()];
}

function ownRelease(task: SimsoTask): Release | undefined {
  const { type, deadlineMs, periodMs, activationMs, activationsMs } = task;
  if (type === "Periodic") return { kind: "periodic", periodMs, offsetMs: activationMs, deadlineMs };
  return type === "Sporadic" && activationsMs.length > 0
    ? { kind: "times", timesMs: activationsMs, deadlineMs }
    : undefined;
}

function follow(
  parent: SimsoTask,
  parentDeadlineMs: number,
  tasks: readonly SimsoTask[],
  released: Map<SimsoTask, ReleasedTask>,
  file: string,
  left: LeftOuts,
): void {
  const { followedBy } = parent;
  const next = followedBy && tasks.find(({ id }) => id === followedBy.text);
  if (followedBy === undefined || followedBy.text === "") return;
  if (next === undefined) left.add("followed_by", `there is no task of the id ${followedBy.text}`, file, followedBy);
  else if (released.has(next))
    left.add("followed_by", `${next.name} has releases of its own, or another task before it`, file, followedBy);
  else {
    const deadlineMs = parentDeadlineMs + next.deadlineMs;
    released.set(next, { task: next, release: { kind: "after", parent, deadlineMs } });
    const why = "rtmm counts it from the release of the first task, so it is the sum of those of the chain";
    left.add("deadline from the end of the task before", why, file, next.at);
  }
}
