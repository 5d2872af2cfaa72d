/** Highest priority first, without preemption. Source: NP-HPF in PREMA (HPCA 2020). */
import { type Order, ranked } from "./ranked.ts";

export const byPriority: Order = {
  rank: (job) => -job.priority,
  reason: { rule: "highest priority", term: "priority", of: (job) => job.priority, best: "most" },
};

export const npHpf = ranked({
  name: "np-hpf",
  summary: "highest priority first, whole models, no preemption",
  source: "NP-HPF baseline of PREMA (HPCA 2020)",
  granularity: "model",
  ...byPriority,
});
