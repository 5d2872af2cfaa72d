/**
 * SDRM3 (Kim et al., arXiv 2212.03414 v1), DREAM's earlier version: MapScore with weights found while the workload
 * runs, against Planaria and Veltair. Claims are the abstract's; baselines are from memory
 * (docs/references.md#dream-and-sdrm3).
 */
import type { Paper } from "../paper.ts";
import type { StudiedScheduler } from "./study.ts";
import { schedulerTable } from "./tables.ts";
import { differencesOf, KEEPS_LATE, plain, uxPaper } from "./ux-paper.ts";

const schedulers: readonly StudiedScheduler[] = [
  ...["fcfs", "fcfs-static", "planaria", "veltair", "sdrm3"].map(plain),
  { label: "sdrm3, fixed", scheduler: "sdrm3:tuning=off" },
  { label: "sdrm3, tuned", scheduler: "sdrm3:tuning=off", weights: "tuned" },
  ...["planaria", "veltair", "sdrm3"].map((name) => ({
    label: name + KEEPS_LATE,
    scheduler: `${name}:lateDrop=false`,
  })),
];

const ours: readonly StudiedScheduler[] = [
  { label: "fixed", scheduler: "sdrm3:tuning=off" },
  { label: "tuned", scheduler: "sdrm3:tuning=off", weights: "tuned" },
  { label: "online", scheduler: "sdrm3" },
];

const differences = [
  ...differencesOf("SDRM3"),
  "The scheduler named sdrm3 is MapScore tuned online, without smart drop and without lighter variants. The abstract also names model switching, which `rtmm reproduce dream` has.",
  "A run of 1 s has five windows of 0.2 s, too few for the online search to finish.",
];

export const sdrm3: Paper = uxPaper({
  name: "sdrm3",
  title: "SDRM3 (arXiv 2212.03414 v1): UXCost against Planaria and Veltair",
  schedulers,
  who: "sdrm3",
  tuned: { scheduler: "sdrm3", parameters: { tuning: "off" } },
  raised: ours,
  claimed: { planaria: [0.377, 0.976], veltair: [0.532, 0.971] },
  differences,
  schedulerTables: (cases, { droppingLate }) => [
    schedulerTable(
      "schedulers",
      "Schedulers against Planaria and Veltair: UXCost and energy below, %",
      [...schedulers.entries()],
      cases,
      droppingLate,
    ),
  ],
});
