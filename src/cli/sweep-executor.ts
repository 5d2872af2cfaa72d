/** Opens the executor of a sweep's points: this machine, or workers behind a queue. */
import type { Command } from "commander";
import type { PointExecutor } from "../executors/point.ts";
import { localExecutor } from "../executors/threads/local-executor.ts";
import type { Library } from "../files/library.ts";
import { isPath } from "../input/is-path.ts";
import { RequestError } from "../input/request-error.ts";
import { isCommand } from "../input/scheduler-command.ts";
import type { Interruptibly } from "../run/interruptibly.ts";
import type { Workbench } from "../run/workbench.ts";
import type { SweepPlan } from "../studies/sweep/plan/sweep-plan.ts";
import { declareJobs, type JobsOption, jobsOf } from "./options/jobs-option.ts";
import { declareQueue, type QueueOption } from "./options/queue-option.ts";
import type { Streams } from "./streams.ts";
import type { Verbose } from "./verbose.ts";

export interface ExecutorOptions extends JobsOption, QueueOption {}

export const declareExecutor = (declaration: Command): Command => declareQueue(declareJobs(declaration));

export interface ExecutorSetting {
  readonly plan: SweepPlan;
  /** Of the plan, which has loaded most files. */
  readonly workbench: Workbench<Library>;
  /** Number of points to run. */
  readonly points: number;
  /** Receives remarks about workers and the connection to them. */
  readonly tell: (remark: string) => void;
  /** How long a call of a user's policy may last on this machine. */
  readonly policyTimeoutMs: number;
  readonly interruptibly: Interruptibly;
  readonly verbose: Verbose;
}

/** The caller closes the executor. Throws RequestError if the queue is unreachable or a file cannot be sent. */
export async function openExecutor(
  options: ExecutorOptions,
  setting: ExecutorSetting,
  streams: Streams,
): Promise<PointExecutor> {
  return options.queue === undefined ? here(options, setting) : onQueue(options, options.queue, setting, streams);
}

/** In this thread, SIGTERM and SIGHUP are only seen between points. */
const LONG_POINT_MS = 1000;

/** A policy that misbehaves, for example by ending the process, fails only its own points: it runs in a thread. */
function here(
  options: ExecutorOptions,
  { points, workbench, verbose, policyTimeoutMs, interruptibly }: ExecutorSetting,
): PointExecutor {
  return localExecutor({
    workbench,
    setting: { cwd: workbench.files.cwd, checked: workbench.files.checked },
    atOnce: jobsOf(options, points),
    longPointMs: LONG_POINT_MS,
    runs: points,
    isForThreads: ({ scheduler }) => isPath(scheduler) || isCommand(scheduler),
    policyTimeoutMs,
    interruptibly,
    tell: (where) => verbose("executor", where),
  });
}

async function onQueue(
  { jobs }: ExecutorOptions,
  queue: string,
  { plan, workbench, tell, verbose }: ExecutorSetting,
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
  return QueueExecutor.open(address, { plan, library: workbench.files, notify: tell });
}
