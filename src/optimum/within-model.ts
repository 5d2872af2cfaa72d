/** Whether the run of a policy is a schedule of a model. */
import type { Observer } from "../core/events.ts";
import type { Program } from "../core/program.ts";
import type { DecisionModel } from "./decision-model.ts";

export interface ModelWatch {
  readonly observer: Observer;
  /** Of the run so far. */
  readonly isWithin: boolean;
}

export function watchModel(program: Program, model: DecisionModel): ModelWatch {
  const { granularity } = model;
  const dispatches = new Map<string, number>();
  let hasOtherBlocks = false;
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
        if (how !== "drain") stops += 1;
        else if (granularity !== "layer") hasOtherBlocks = true;
        if (timeNs !== lastEventNs) hasDecidedBetweenEvents = true;
      },
      jobDispatched({ timeNs, taskIndex, jobIndex, variantIndex, layerIndex, layers }) {
        const job = `${taskIndex}#${jobIndex}`;
        dispatches.set(job, (dispatches.get(job) ?? 0) + 1);
        if (timeNs !== lastEventNs) hasDecidedBetweenEvents = true;
        const { firstRow, endRow } = program.tasks[taskIndex]!;
        const isRest = layers === endRow[variantIndex]! - firstRow[variantIndex]! - layerIndex;
        const block = granularity === "layer" ? 1 : granularity === "model" ? Infinity : granularity;
        if (!isRest && layers % block !== 0) hasOtherBlocks = true;
      },
    },
    get isWithin() {
      if (hasDecidedBetweenEvents || hasOtherBlocks || stops > model.preemptions) return false;
      if (model.drops === "never" && drops > 0) return false;
      const again = [...dispatches.values()].reduce((sum, count) => sum + count - 1, 0);
      return granularity !== "model" || again <= stops;
    },
  };
}
