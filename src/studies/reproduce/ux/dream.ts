/**
 * DREAM (Kim et al., ASPLOS 2023): UXCost below Planaria's and Veltair's over five scenarios, what each mechanism adds,
 * and how fast its search for weights converges. Claims are the abstract's; baselines are from memory
 * (docs/references.md#dream-and-sdrm3).
 */

import type { Paper } from "../paper.ts";
import type { StudiedScheduler, StudyCase } from "./study.ts";
import { schedulerTable } from "./tables.ts";
import { differencesOf, KEEPS_LATE, plain, type UxIndexes, uxPaper } from "./ux-paper.ts";

/** The last eight repeat the others, except that no policy drops late jobs by itself. */
const schedulers: readonly StudiedScheduler[] = [
  ...["fcfs", "fcfs-static", "planaria", "veltair", "dream-mapscore", "dream-smartdrop", "dream"].map(plain),
  { label: "dream, tuned", scheduler: "dream", weights: "tuned" },
  { label: "dream, online", scheduler: "dream:tuning=online" },
  ...["fcfs", "fcfs-static", "planaria", "veltair", "dream-mapscore", "dream-smartdrop", "dream"].map((name) => ({
    label: name + KEEPS_LATE,
    scheduler: `${name}:lateDrop=false`,
  })),
  { label: `dream, tuned${KEEPS_LATE}`, scheduler: "dream:lateDrop=false", weights: "tuned" },
];

/** Each adds one mechanism. */
const ablation: readonly StudiedScheduler[] = [
  { label: "score", scheduler: "dream-mapscore" },
  { label: "+ drop", scheduler: "dream-smartdrop" },
  { label: "+ supernet", scheduler: "dream" },
  { label: "+ tuned", scheduler: "dream", weights: "tuned" },
];

export const dream: Paper = uxPaper({
  name: "dream",
  title: "DREAM (ASPLOS 2023): UXCost against Planaria and Veltair",
  schedulers,
  who: "dream, tuned",
  tuned: { scheduler: "dream", parameters: {} },
  raised: ablation,
  claimed: { planaria: [0.322, 0.808], veltair: [0.5, 0.976] },
  differences: differencesOf("DREAM"),
  schedulerTables,
});

/** Those that drop late jobs, then those that keep them. */
function schedulerTables(cases: readonly StudyCase[], { droppingLate, keepingLate }: UxIndexes) {
  const listed = [...schedulers.entries()];
  const inTime = listed.filter(([, { label }]) => !label.endsWith(KEEPS_LATE));
  const keeping = listed
    .filter((each) => !inTime.includes(each))
    .map(([index, each]) => [index, { ...each, label: each.label.replace(KEEPS_LATE, "") }] as const);
  const title = (which: string): string => `Schedulers ${which}: UXCost and energy below, %`;
  return [
    schedulerTable("schedulers", title("against Planaria and Veltair"), inTime, cases, droppingLate),
    schedulerTable("keeps-late", title("that all keep late jobs"), keeping, cases, keepingLate),
  ];
}
