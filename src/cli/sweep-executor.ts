/** What runs the points of a sweep: threads here, or workers elsewhere. */
import type { Command } from "commander";
import type { PointExecutor } from "../executors/point.ts";
import type { Library } from "../files/library.ts";
import { RequestError } from "../input/request-error.ts";
import type { SweepPlan } from "../studies/sweep/plan/sweep-plan.ts";
import { declareJobs, type JobsOption, jobsOf } from "./options/jobs-option.ts";
import { declareQueue, type QueueOption } from "./options/queue-option.ts";
import type { Streams } from "./streams.ts";

export interface ExecutorOptions extends JobsOption, QueueOption {}

export const declareExecutor = (declaration: Command): Command => declareQueue(declareJobs(declaration));

export interface ExecutorSetting {
  readonly plan: SweepPlan;
  readonly library: Library;
  /** How many points there are to run. */
  readonly points: number;
  /** Hears of workers and of the connection to them. */
  readonly tell: (remark: string) => void;
}

/** The caller closes it. Throws RequestError where there is no queue, or a file cannot travel. */
export function openExecutor(
  options: ExecutorOptions,
  setting: ExecutorSetting,
  streams: Streams,
): Promise<PointExecutor> {
  return options.queue === undefined ? inThreads(options, setting) : onQueue(options, options.queue, setting, streams);
}

async function inThreads(options: ExecutorOptions, { points, library }: ExecutorSetting): Promise<PointExecutor> {
  const { ThreadExecutor } = await import("../executors/threads/thread-executor.ts");
  return new ThreadExecutor(jobsOf(options, points), { cwd: library.cwd });
}

async function onQueue(
  { jobs }: ExecutorOptions,
  queue: string,
  { plan, library, tell }: ExecutorSetting,
  { env }: Streams,
): Promise<PointExecutor> {
  if (jobs !== undefined) {
    throw new RequestError("--jobs is about threads here; with --queue, workers have theirs: rtmm worker -j");
  }
  const { queueAddress } = await import("../executors/queue/queue-address.ts");
  const { QueueExecutor } = await import("../executors/queue/queue-executor.ts");
  return QueueExecutor.open(queueAddress(queue, env), { plan, library, tell });
}
