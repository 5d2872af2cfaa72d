/** Opens the executor of a sweep's points: threads on this machine, or workers behind a queue. */
import type { Command } from "commander";
import type { PointExecutor } from "../executors/point.ts";
import type { Library } from "../files/library.ts";
import { RequestError } from "../input/request-error.ts";
import { counted } from "../output/words.ts";
import type { SweepPlan } from "../studies/sweep/plan/sweep-plan.ts";
import { declareJobs, type JobsOption, jobsOf } from "./options/jobs-option.ts";
import { declareQueue, type QueueOption } from "./options/queue-option.ts";
import type { Streams } from "./streams.ts";
import type { Verbose } from "./verbose.ts";

export interface ExecutorOptions extends JobsOption, QueueOption {}

export const declareExecutor = (declaration: Command): Command => declareQueue(declareJobs(declaration));

export interface ExecutorSetting {
  readonly plan: SweepPlan;
  readonly library: Library;
  /** Number of points to run. */
  readonly points: number;
  /** Receives remarks about workers and the connection to them. */
  readonly tell: (remark: string) => void;
  /** How long a call of a user's policy may last on this machine. */
  readonly policyTimeoutMs: number;
  readonly verbose: Verbose;
}

/** The caller closes the executor. Throws RequestError if the queue is unreachable or a file cannot be sent. */
export function openExecutor(
  options: ExecutorOptions,
  setting: ExecutorSetting,
  streams: Streams,
): Promise<PointExecutor> {
  return options.queue === undefined ? inThreads(options, setting) : onQueue(options, options.queue, setting, streams);
}

async function inThreads(
  options: ExecutorOptions,
  { points, library, verbose, policyTimeoutMs }: ExecutorSetting,
): Promise<PointExecutor> {
  const { ThreadExecutor } = await import("../executors/threads/thread-executor.ts");
  const threads = jobsOf(options, points);
  verbose("executor", counted(threads, "worker thread"));
  return new ThreadExecutor(threads, { cwd: library.cwd, checked: library.checked }, policyTimeoutMs);
}

async function onQueue(
  { jobs }: ExecutorOptions,
  queue: string,
  { plan, library, tell, verbose }: ExecutorSetting,
  { env }: Streams,
): Promise<PointExecutor> {
  if (jobs !== undefined) {
    throw new RequestError(
      "--jobs sets threads on this machine; with --queue, set them for each worker: rtmm worker -j",
    );
  }
  const { queueAddress } = await import("../executors/queue/queue-address.ts");
  const { QueueExecutor } = await import("../executors/queue/queue-executor.ts");
  const address = queueAddress(queue, env);
  verbose("executor", `workers of the queue at ${address.hostPort}`);
  return QueueExecutor.open(address, { plan, library, notify: tell });
}
