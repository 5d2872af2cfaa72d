/** Whether the run of a policy is a schedule of a model. */
import type { Observer } from "../core/events.ts";
import type { DecisionModel } from "./decision-model.ts";

export interface ModelWatch {
  readonly observer: Observer;
  /** Of the run so far. */
  isWithin(model: DecisionModel): boolean;
}

export function watchModel(): ModelWatch {
  const dispatches = new Map<string, number>();
  let stops = 0;
  let drops = 0;
  let lastEventNs = -1;
  let hasDecidedBetweenEvents = false;
  const event = ({ timeNs }: { readonly timeNs: number }): void => {
    lastEventNs = timeNs;
  };
  return {
    observer: {
      jobReleased: event,
      segmentEnded: event,
      jobCompleted: event,
      jobDropped({ timeNs, dropReason }) {
        drops += dropReason === "policy" || dropReason === "late" ? 1 : 0;
        if (dropReason === "queue" || dropReason === "refused") lastEventNs = timeNs;
      },
      jobPreempted({ how, timeNs }) {
        stops += how === "drain" ? 0 : 1;
        if (timeNs !== lastEventNs) hasDecidedBetweenEvents = true;
      },
      jobDispatched({ timeNs, taskIndex, jobIndex }) {
        const job = `${taskIndex}#${jobIndex}`;
        dispatches.set(job, (dispatches.get(job) ?? 0) + 1);
        if (timeNs !== lastEventNs) hasDecidedBetweenEvents = true;
      },
    },
    isWithin({ granularity, drops: mayDrop, preemptions }) {
      if (hasDecidedBetweenEvents || stops > preemptions || (mayDrop === "never" && drops > 0)) return false;
      const again = [...dispatches.values()].reduce((sum, count) => sum + count - 1, 0);
      return granularity === "layer" || again <= stops;
    },
  };
}
