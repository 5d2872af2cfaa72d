/**
 * Round robin: the ready job that has gone longest without running. Source: textbook; RRB in PREMA (HPCA 2020).
 * Adaptation: the quantum is `granularity` (a layer, a number of layers, or the whole model as in PREMA).
 */
import { ranked } from "./ranked.ts";

export const rr = ranked({
  name: "rr",
  summary: "round robin over ready jobs, one layer at a time",
  source: "textbook; RRB baseline of PREMA (HPCA 2020)",
  granularity: "layer",
  rank: (job) => job.lastRanNs,
  reason: { rule: "longest without running", term: "lastRanNs" },
});
