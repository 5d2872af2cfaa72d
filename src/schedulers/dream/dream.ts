/** DREAM: MapScore, smart frame drop and supernet switching. Source: DREAM (ASPLOS 2023). */
import { dreamPolicy } from "./dream-policy.ts";

export const dream = dreamPolicy({
  name: "dream",
  summary: "MapScore, smart frame drop, and lighter supernet variants under load",
  source: "Kim et al., DREAM, ASPLOS 2023",
  mechanisms: ["smart-drop", "supernet-switching"],
  tuning: "off",
});
