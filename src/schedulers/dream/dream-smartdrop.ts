/** DREAM's MapScore with smart frame drop. Source: DREAM (ASPLOS 2023); the second step of its ablation. */
import { dreamPolicy } from "./dream-policy.ts";

export const dreamSmartdrop = dreamPolicy({
  name: "dream-smartdrop",
  summary: "MapScore, and gives up a hopeless job where several are",
  source: "Kim et al., DREAM, ASPLOS 2023 (MapScore, smart frame drop)",
  mechanisms: ["smart-drop"],
  tuning: "off",
});
