/** What tasks have beside their releases: reads, queues and displays; in words and as a record. */
import type { Queue, Scenario, Task } from "../core/scenario.ts";
import { counted } from "../output/words.ts";

/** A sentence for each task that has any of them. */
export function extrasTexts({ tasks }: Scenario): string[] {
  return tasks.flatMap(({ id, reads = [], isDisplay, queue }) => {
    const texts = [
      ...(reads.length > 0 ? [`reads the newest ${reads.map((index) => tasks[index]!.id).join(", ")}`] : []),
      ...(queue === undefined ? [] : [queueText(queue)]),
      ...(isDisplay ? ["is a display"] : []),
    ];
    return texts.length === 0 ? [] : [`${id}: ${texts.join("; ")}`];
  });
}

const overflowTexts: Readonly<Record<Queue["overflow"], string>> = {
  "drop-oldest": "the oldest is dropped for one job more",
  "drop-newest": "one job more is dropped at its release",
  refuse: "one job more is refused",
};

const queueText = ({ limit, overflow }: Queue): string =>
  `has room for ${counted(limit, "waiting job")}, and ${overflowTexts[overflow]}`;

/** Keys that a task without them does not have. */
export function extrasRecord({ tasks }: Scenario, { reads, isDisplay, queue }: Task): object {
  return {
    ...(reads !== undefined && { reads: reads.map((index) => tasks[index]!.id) }),
    ...(isDisplay && { display: true }),
    ...(queue !== undefined && { queue }),
  };
}
