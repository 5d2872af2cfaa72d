/** DREAM's MapScore with smart frame drop. Source: DREAM (ASPLOS 2023); the second step of its ablation. */
import { defineScheduler } from "../define-scheduler.ts";
import { lateDrop } from "../shared-parameters.ts";
import { dreamPolicy } from "./dream-policy.ts";
import { mapScoreParameters } from "./map-score-terms.ts";
import { tuningParameters } from "./online-tuning.ts";
import { SmartDrop, smartDropParameters } from "./smart-drop.ts";

export const dreamSmartdrop = defineScheduler({
  name: "dream-smartdrop",
  summary: "MapScore, and drops a hopeless job if several wait",
  source: "Kim et al., DREAM, ASPLOS 2023 (MapScore, smart frame drop)",
  parameters: { ...mapScoreParameters, ...smartDropParameters, lateDrop, ...tuningParameters("off") },
  create(platform, parameters) {
    const smartDrop = new SmartDrop(platform, parameters, (job) => job.minRemainingNs);
    return dreamPolicy(platform, parameters, { smartDrop });
  },
});
