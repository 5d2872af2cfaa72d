/** DREAM's MapScore alone. Source: DREAM (ASPLOS 2023); the first step of its ablation. */
import { defineScheduler } from "../define-scheduler.ts";
import { lateDrop } from "../shared-parameters.ts";
import { dreamPolicy } from "./dream-policy.ts";
import { mapScoreParameters } from "./map-score-terms.ts";
import { tuningParameters } from "./online-tuning.ts";

export const dreamMapscore = defineScheduler({
  name: "dream-mapscore",
  summary: "DREAM's MapScore: urgency x latency preference + starvation + energy, a layer at a time",
  source: "Kim et al., DREAM, ASPLOS 2023 (MapScore)",
  parameters: { ...mapScoreParameters, lateDrop, ...tuningParameters("off") },
  create: (platform, parameters) => dreamPolicy(platform, parameters, {}),
});
