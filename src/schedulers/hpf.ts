/**
 * Highest priority first, preemptive. Source: P-HPF in PREMA (HPCA 2020).
 * Adaptation: on several accelerators, a waiting job that no idle accelerator can run stops the running job of lowest
 * priority (of equals, the one dispatched last), if that priority is lower than its own; see preemptor.ts.
 */
import { byPriority } from "./np-hpf.ts";
import { preemptiveOrder } from "./preemptive-order.ts";

export const hpf = preemptiveOrder({
  name: "hpf",
  summary: "highest priority first; stops lower-priority work in the middle of a layer",
  source: "P-HPF baseline of PREMA (HPCA 2020)",
  granularity: "model",
  mechanism: "checkpoint",
  rules: () => ({
    order: byPriority,
    outranks: (waiting, running) => waiting.priority > running.priority,
    givesWayBefore: (a, b) => a.priority < b.priority || (a.priority === b.priority && a.dispatchedNs > b.dispatchedNs),
  }),
});
