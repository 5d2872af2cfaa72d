/** The tasks that a task waits for. */
import type { Task } from "../core/scenario.ts";

/** Their indexes; empty for a root. */
export const parentsOf = ({ release }: Pick<Task, "release">): readonly number[] =>
  release.kind === "after" ? release.taskIndexes : [];
