/** `rtmm worker`: runs points of sweeps from a queue, on any number of machines. */
import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { ClusterWorker } from "../../executors/queue/cluster-worker.ts";
import { queueAddress } from "../../executors/queue/queue-address.ts";
import { RequestError } from "../../input/request-error.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { declareJobs, type JobsOption } from "../options/jobs-option.ts";
import { declareQueue, type QueueOption } from "../options/queue-option.ts";
import { positive } from "../options/run-options.ts";
import type { Progress } from "../progress.ts";

interface Options extends JobsOption, QueueOption {
  readonly exitWhenIdle?: number;
  readonly lockS: number;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm worker --queue redis://host:6379", meaning: "run one thread per core until Ctrl-C" },
    { command: "rtmm worker --queue rediss://user:secret@host:6380 -j 4", meaning: "use TLS and a password" },
    { command: "rtmm worker --queue redis://host --exit-when-idle 60", meaning: "stop after a minute without points" },
  ],
  declare,
  run,
};

const LONGEST_IDLE_S = 1e6;
const LONGEST_LOCK_S = 3600;
/** Default of `--lock-s`. A killed worker is noticed after about this long. */
const LOCK_S = 5;
const BETWEEN_LINES_MS = 10_000;

function declare(declaration: Command): void {
  declareJobs(declareQueue(declaration))
    .option("--exit-when-idle <s>", "stop after this long without a point", positive(LONGEST_IDLE_S))
    .option(
      "--lock-s <s>",
      "give a worker's points to others if it is silent this long",
      positive(LONGEST_LOCK_S),
      LOCK_S,
    );
}

async function run({ options, streams, note, showProgress, policyTimeoutMs }: Invocation<Options>): Promise<ExitCode> {
  const { queue, jobs: threads = availableParallelism(), exitWhenIdle, lockS } = options;
  if (queue === undefined)
    throw new RequestError("--queue is missing; name the Redis server, such as --queue redis://host:6379");
  const address = queueAddress(queue, streams.env);
  const progress = showProgress({ total: undefined, unit: "points" });
  const counted = pointCounter(note, progress);
  try {
    await streams.untilInterrupted(async (signal) => {
      const worker = await ClusterWorker.open(address, {
        threads,
        lockMs: lockS * 1000,
        idleMs: exitWhenIdle === undefined ? undefined : exitWhenIdle * 1000,
        policyTimeoutMs,
        notify: note,
        ended: counted.advance,
      });
      note(`waiting for points from ${address.hostPort}, ${threads} at once`);
      await worker.run(signal);
    });
  } finally {
    progress.stop();
    counted.report();
  }
  return exitCode.ok;
}

/** Counts points without a total, which only their sweep knows. Where nobody sees the progress, a log gets a line of it. */
function pointCounter(note: (remark: string) => void, progress: Progress) {
  let points = 0;
  let failed = 0;
  let shown = 0;
  let shownMs = performance.now();
  const report = (): void => {
    if (points === shown) return;
    const perS = ((points - shown) * 1000) / (performance.now() - shownMs);
    note(`${points} points${failed > 0 ? `, ${failed} of them failed` : ""}, ${perS.toPrecision(3)}/s`);
    shown = points;
    shownMs = performance.now();
  };
  const advance = ({ kind }: { readonly kind: "done" | "failed" }): void => {
    points += 1;
    if (kind === "failed") failed += 1;
    progress.ended();
    if (progress.underWay === undefined && performance.now() - shownMs >= BETWEEN_LINES_MS) report();
  };
  return { advance, report };
}
