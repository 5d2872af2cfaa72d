/** Latest-value reads: outputs that nobody took, and reads that found nothing. */
import { count } from "./counts.ts";
import { type Metric, pooled, ratio } from "./metric.ts";

export const unreadShare: Metric = {
  name: "unreadShare",
  title: "Outputs never read",
  unit: "share",
  better: "lower",
  definition: "completed jobs whose output no job took / completed jobs, of tasks that others read",
  source: "rtmm",
  ...pooled((tally) => ratio(tally.outputs - tally.outputsRead, tally.outputs)),
  jobs: (tally) => tally.outputs,
  onlyWith: "reads",
};

export const emptyReads = count(
  "emptyReads",
  "Empty reads",
  "lower",
  "reads of completed jobs that found no finished output",
  (tally) => tally.emptyReads,
  "reads",
);
