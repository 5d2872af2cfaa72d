/** First come, first served (dynamic): the oldest ready job on the fastest idle accelerator. Source: textbook. */
import { ranked } from "./ranked.ts";

export const fcfs = ranked({
  name: "fcfs",
  summary: "first come, first served, on whichever accelerator is idle",
  source: "textbook; dynamic FCFS as in DREAM (ASPLOS 2023), NP-FCFS as in PREMA (HPCA 2020)",
  granularity: "model",
  reason: { rule: "first come", term: "releaseNs" },
});
