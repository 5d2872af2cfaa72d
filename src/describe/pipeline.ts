/** A scenario's tasks as a tree. Each stands below the first task that it waits for. */
import { parentsOf, type Scenario } from "../core/scenario.ts";

export interface PipelineLine {
  readonly taskIndex: number;
  /** The task's id, after the lines of the tree. */
  readonly text: string;
}

/** Roots in file order, each followed by its dependents. */
export function pipelineLines({ tasks }: Scenario): PipelineLine[] {
  const parents = tasks.map(parentsOf);
  const childrenOf = (parent: number) => [...tasks.keys()].filter((task) => parents[task]![0] === parent);
  const joined = (taskIndex: number): string => {
    const others = parents[taskIndex]!.slice(1);
    return others.length === 0 ? "" : ` (and ${others.map((other) => tasks[other]!.id).join(", ")})`;
  };
  const below = (parent: number, indent: string): PipelineLine[] =>
    childrenOf(parent).flatMap((taskIndex, i, all) => {
      const isLast = i === all.length - 1;
      const text = `${indent}${isLast ? "└─ " : "├─ "}${tasks[taskIndex]!.id}${joined(taskIndex)}`;
      return [{ taskIndex, text }, ...below(taskIndex, `${indent}${isLast ? "   " : "│  "}`)];
    });
  const roots = [...tasks.keys()].filter((task) => parents[task]!.length === 0);
  return roots.flatMap((root) => [{ taskIndex: root, text: tasks[root]!.id }, ...below(root, "")]);
}
