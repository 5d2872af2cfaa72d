/** DREAM's MapScore alone. Source: DREAM (ASPLOS 2023); the first step of its ablation. */
import { dreamPolicy } from "./dream-policy.ts";

export const dreamMapscore = dreamPolicy({
  name: "dream-mapscore",
  summary: "DREAM's MapScore: urgency x latency preference + starvation + energy, a layer at a time",
  source: "Kim et al., DREAM, ASPLOS 2023 (MapScore)",
  mechanisms: [],
  tuning: "off",
});
