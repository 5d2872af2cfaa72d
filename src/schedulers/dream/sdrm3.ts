/** SDRM3, DREAM's earlier version: MapScore with weights that are searched while the workload runs. */
import { dreamPolicy } from "./dream-policy.ts";

export const sdrm3 = dreamPolicy({
  name: "sdrm3",
  summary: "MapScore with weights found while the workload runs",
  source: "Kim et al., SDRM3, arXiv 2212.03414 v1 (DREAM's earlier version)",
  mechanisms: [],
  tuning: "online",
});
