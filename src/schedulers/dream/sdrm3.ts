/** SDRM3, DREAM's earlier version: MapScore with weights found while the workload runs. Source: Kim et al., arXiv 2212.03414. */
import { defineScheduler } from "../define-scheduler.ts";
import { lateDrop } from "../shared-parameters.ts";
import { dreamPolicy } from "./dream-policy.ts";
import { mapScoreParameters } from "./map-score-terms.ts";
import { tuningParameters } from "./online-tuning.ts";

export const sdrm3 = defineScheduler({
  name: "sdrm3",
  summary: "MapScore with weights found while the workload runs",
  source: "Kim et al., SDRM3, arXiv 2212.03414 v1 (DREAM's earlier version)",
  parameters: { ...mapScoreParameters, lateDrop, ...tuningParameters("online") },
  create: (platform, parameters) => dreamPolicy(platform, parameters, {}),
});
