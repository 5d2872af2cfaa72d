/** The CSV of `--jobs`: one row per released job, in the order in which the jobs ended. */
import { jobOutcome } from "../../core/job-outcome.ts";
import type { JobRecord } from "../../core/records.ts";
import { hasScales, type Scenario } from "../../core/scenario.ts";
import type { System } from "../../core/system.ts";
import { exactMs } from "../number-text.ts";

const columns = "task,job,releaseMs,deadlineMs,startMs,completionMs,status,accelerator,energyMj";

/** Has further columns for variants of models, tasks that read others, queues, memories for weights, and jobs that differ in work. */
export function jobsCsvHeader(scenario: Scenario, system: System): string {
  const more = [
    ...(hasVariants(scenario) ? ["variant"] : []),
    ...(hasReads(scenario) ? ["reads"] : []),
    ...(hasQueues(scenario) ? ["dropReason"] : []),
    ...(hasWeightMemory(system) ? ["weightLoads", "weightWaitMs"] : []),
    ...(scenario.tasks.some(hasScales) ? ["scale"] : []),
  ];
  return `${[columns, ...more].join()}\n`;
}

const hasWeightMemory = ({ accelerators }: System): boolean =>
  accelerators.some(({ weights }) => weights !== undefined);

const hasReads = ({ tasks }: Scenario): boolean => tasks.some(({ reads }) => reads !== undefined);
const hasQueues = ({ tasks }: Scenario): boolean => tasks.some(({ queue }) => queue !== undefined);
const hasVariants = ({ tasks }: Scenario): boolean => tasks.some(({ model }) => model.variants.length > 1);

/** Turns each job into its line, line end included. Ids need no quoting: the schemas allow no commas or quotes. */
export function jobsCsvLine(scenario: Scenario, system: System): (job: JobRecord) => string {
  const taskIds = scenario.tasks.map(({ id }) => id);
  const variantNames = scenario.tasks.map(({ model }) => model.variants.map(({ name }) => name));
  const isVaried = hasVariants(scenario);
  const [isReading, isQueued] = [hasReads(scenario), hasQueues(scenario)];
  const isScaled = scenario.tasks.some(hasScales);
  const loadsWeights = hasWeightMemory(system);
  const acceleratorIds = system.accelerators.map(({ id }) => id);
  return (job) => {
    const cells = [
      taskIds[job.taskIndex],
      job.jobIndex,
      exactMs(job.releaseNs),
      job.deadlineNs === Infinity ? "" : exactMs(job.deadlineNs),
      optionalMs(job.startNs),
      optionalMs(job.completionNs),
      jobOutcome(job),
      job.accelerators.map((index) => acceleratorIds[index]).join("+"),
      Number.isNaN(job.energyPj) ? "" : (job.energyPj / 1e9).toFixed(9),
    ];
    if (isVaried) cells.push(job.startNs === undefined ? "" : variantNames[job.taskIndex]![job.variantIndex]);
    if (isReading) cells.push(readsText(job, taskIds));
    if (isQueued) cells.push(job.dropReason ?? "");
    if (loadsWeights) cells.push(job.weights?.loads ?? 0, exactMs(job.weights?.waitNs ?? 0));
    if (isScaled) cells.push(job.scale ?? 1);
    return `${cells.join(",")}\n`;
  };
}

/** `pose#12+imu#40`: the jobs whose outputs it took; `pose#` where there was none yet. */
const readsText = ({ reads = [] }: JobRecord, taskIds: readonly string[]): string =>
  reads.map(({ taskIndex, output }) => `${taskIds[taskIndex]}#${output?.jobIndex ?? ""}`).join("+");

const optionalMs = (ns: number | undefined): string => (ns === undefined ? "" : exactMs(ns));
