/** The letter and the colour of each task of a chart. */

import type { ChalkInstance } from "chalk";
import { sum } from "../../core/sum.ts";
import type { Timeline } from "../../records/timeline.ts";
import { createLetters, MOST_LETTERS } from "./letters.ts";

export interface TaskKey {
  readonly taskIndexes: readonly number[];
  /** For the legend. */
  readonly name: string;
  /** Drawn where a column is busy for at least half of its time. */
  readonly letter: string;
  /** Drawn where it is busy for less. */
  readonly lightLetter: string;
  readonly color: TaskColor;
  /** Of all units of its slices. */
  readonly busyNs: number;
  readonly jobs: number;
}

type TaskColor = keyof ChalkInstance & (typeof taskColors)[number];

/** Red is for misses. After the last one they begin again: the letters tell tasks apart. */
const taskColors = [
  ...(["cyan", "yellow", "magenta", "green", "blue", "white"] as const),
  ...(["cyanBright", "yellowBright", "magentaBright", "greenBright", "blueBright", "whiteBright"] as const),
] as const;

/** Of the tasks that have jobs in the window, in their order. Those that are busiest have letters, the rest share one. */
export function taskKeys(timeline: Timeline): readonly TaskKey[] {
  const busyNs = busyByTask(timeline);
  const present = timeline.tasks.flatMap(({ jobs }, index) => (jobs > 0 ? [index] : []));
  const byBusyness = present.toSorted((a, b) => busyNs[b]! - busyNs[a]! || a - b);
  const lettered = byBusyness.slice(0, MOST_LETTERS).sort((a, b) => a - b);
  const others = byBusyness.slice(MOST_LETTERS);
  const takeLetter = createLetters();
  const own = lettered.map((index, i): TaskKey => {
    const { id, jobs } = timeline.tasks[index]!;
    const letter = takeLetter(id);
    const color = taskColors[i % taskColors.length]!;
    return {
      taskIndexes: [index],
      name: id,
      letter,
      lightLetter: letter.toLowerCase(),
      color,
      busyNs: busyNs[index]!,
      jobs,
    };
  });
  return others.length === 0 ? own : [...own, sharedKey(others, busyNs, timeline)];
}

const sharedKey = (taskIndexes: readonly number[], busyNs: readonly number[], { tasks }: Timeline): TaskKey => ({
  taskIndexes,
  name: `${taskIndexes.length} other task${taskIndexes.length === 1 ? "" : "s"}`,
  letter: "*",
  lightLetter: "+",
  color: "white",
  busyNs: sum(taskIndexes.map((index) => busyNs[index]!)),
  jobs: sum(taskIndexes.map((index) => tasks[index]!.jobs)),
});

function busyByTask({ tasks, slices }: Timeline): readonly number[] {
  const busyNs = tasks.map(() => 0);
  for (const { taskIndex, startNs, endNs, units } of slices) busyNs[taskIndex]! += (endNs - startNs) * units;
  return busyNs;
}
