/** Runs the command line in this process. */
import { writeSync } from "node:fs";
import { type Context, createContext, runInContext } from "node:vm";
import { SchedulerError } from "../core/errors.ts";
import { startWatchdog } from "../executors/threads/watchdog.ts";
import type { PolicyPulse } from "../run/policy-pulse.ts";
import { exitCode, stoppedBy } from "./exit-codes.ts";
import { Interruption, type StopSignal } from "./interruption.ts";
import { main } from "./main.ts";
import { LoadingOverdue, loadWithinLimit } from "./policy-loading.ts";
import { ShortRuns } from "./short-runs.ts";
import type { InterruptiblyWithin, Listener, LoadPolicyWithin, Streams } from "./streams.ts";

/** Runs the command line of these words in this process. */
export async function start(argv: readonly string[] = process.argv.slice(2), listener?: Listener): Promise<void> {
  process.stdout.on("error", endWriting);
  process.stderr.on("error", endWriting);
  process.on("uncaughtException", (error) =>
    endWith(error, "thrown outside a run, for example by a promise or timer of a policy"),
  );
  process.on("SIGINT", interrupted);
  process.on("beforeExit", reportUnsettled);
  process.on("exit", reportEarlyExit);
  // Output of a user's policy is not data, so it goes to stderr.
  console.log = console.info = console.debug = console.error;
  const { stdout, stderr, env } = process;
  const cwd = process.cwd();
  const streams: Streams = { stdout, stderr, env, cwd, interruptibly, loadPolicy, untilInterrupted, listener };
  process.exitCode = await main(argv, streams);
  process.off("beforeExit", reportUnsettled).off("exit", reportEarlyExit);
  if (isStillLoading) process.exit();
  // Node restores the state of the terminal on exit. It would abort, because the terminal is gone.
  if (process.exitCode === exitCode.hungUp) process.off("SIGHUP", hungUp).kill(process.pid, "SIGHUP");
}

/** Called if the event loop is empty while the command still waits. Node would exit silently with its own code. */
function reportUnsettled(): never {
  const isStopped = watched?.isLoading && watched.isOverdue;
  const why = isStopped
    ? watched!.overdueText()
    : "the command waits for something that never happens, for example a top-level await in a policy";
  writeSync(2, `error: ${why}\n`);
  exit(isStopped ? exitCode.usage : exitCode.failed);
}

/** Called if something other than rtmm ended the process. Its exit code must not look like one of rtmm's. */
function reportEarlyExit(): void {
  writeSync(2, "error: the process exited before the command finished, for example by process.exit() in a policy\n");
  process.exitCode = exitCode.failed;
}

function exit(code: number | string): never {
  process.off("exit", reportEarlyExit);
  process.exit(code);
}

/** A reader that closes the pipe early (`rtmm … | head`) is no error. Any other failure, such as a full disk, is. */
function endWriting(error: NodeJS.ErrnoException): void {
  // The terminal is gone. Finished work is still saved.
  if (error.code === "EIO" && interruption !== undefined) {
    stop("SIGHUP");
    return;
  }
  if (error.code === "EPIPE") exit(process.exitCode ?? exitCode.ok);
  endWith(error.code === "ENOSPC" ? "the disk is full" : error, "while writing the output");
}

function endWith(error: unknown, when: string): never {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  try {
    writeSync(2, `error: ${message} (${when})\n${process.argv.includes("--debug") ? `${stack}\n` : ""}`);
  } finally {
    exit(exitCode.failed);
  }
}

/** Shared by all simulations, because creating a context takes as long as a short simulation. */
let sandbox: Context | undefined;

/** Shared as well. Only a user's policy needs it: rtmm's own return. */
let watched: PolicyPulse | undefined;

/** A file that was given up may keep the process alive. */
let isStillLoading = false;

const watchedWithin = (limitMs: number): PolicyPulse => {
  watched ??= startWatchdog(limitMs);
  return watched;
};

/** While a policy's file runs, nothing hears Ctrl-C. Without a listener it ends the process. */
const loadPolicy: LoadPolicyWithin = async (path, load, limitMs) => {
  if (interruption === undefined) process.off("SIGINT", interrupted);
  try {
    return await loadWithinLimit(path, load, watchedWithin(limitMs));
  } catch (error) {
    isStillLoading ||= error instanceof LoadingOverdue;
    throw error;
  } finally {
    process.off("SIGINT", interrupted).on("SIGINT", interrupted);
  }
};

const shortRuns = new ShortRuns();

/** Guards a simulation against Ctrl-C if it may take long. A guard is a native thread: a short simulation would wait for it. */
const interruptibly: InterruptiblyWithin = (work, setup, limitMs) => {
  if (setup.schedulerOrigin !== "built-in") return guarded(work, watchedWithin(limitMs));
  const startMs = performance.now();
  const result = shortRuns.has(setup) ? work() : guarded(work);
  shortRuns.took(setup, performance.now() - startMs);
  return result;
};

/**
 * A simulation never returns to the event loop, so no signal listener runs. SIGINT does stop a vm script: the user sends
 * it, or the watchdog of a policy that does not return.
 */
function guarded<Result>(work: (pulse?: PolicyPulse) => Result, pulse?: PolicyPulse): Result {
  sandbox ??= createContext({});
  sandbox.work = () => work(pulse);
  try {
    return runInContext("work()", sandbox, { breakOnSigint: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
    revive(process.stdout, 1);
    revive(process.stderr, 2);
    if (pulse?.isOverdue) throw overdueError(pulse);
    // The signal never reached the listener.
    if (interruption !== undefined) interrupted();
    throw new Interruption();
  }
}

function overdueError(pulse: PolicyPulse): SchedulerError {
  const error = new SchedulerError(pulse.overdueText());
  pulse.reset();
  return error;
}

/**
 * A simulation can be ended while its policy writes. Then the stream waits forever for that write to end, and keeps back
 * all that follows.
 */
function revive(stream: NodeJS.WriteStream, descriptor: number): void {
  if (stream.writableLength === 0) return;
  stream.write = ((text: string) => {
    writeAll(descriptor, Buffer.from(text));
    return true;
  }) as NodeJS.WriteStream["write"];
}

/** Waits while the pipe is full. */
function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") {
        endWriting(error as NodeJS.ErrnoException);
        return;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** Aborted by the first stop signal; undefined while there is nothing to save. */
let interruption: AbortController | undefined;

function stop(by: StopSignal): void {
  const isFirst = interruption !== undefined && !interruption.signal.aborted;
  if (isFirst) interruption?.abort(new Interruption(by));
  // A second Ctrl-C exits at once. A second SIGTERM or SIGHUP does not: batch systems signal a process and its group.
  else if (by === "SIGINT") exit(stoppedBy[by]);
}

function interrupted(): void {
  // The call ended just as the watchdog gave up on it.
  if (watched?.isOverdue) watched.isOverdue = false;
  else stop("SIGINT");
}
const terminated = (): void => stop("SIGTERM");
const hungUp = (): void => stop("SIGHUP");

/**
 * Handles SIGTERM and SIGHUP until the work ends by itself. Other simulations never return to the event loop, so there
 * the signals keep their default action and end the process at once.
 */
async function untilInterrupted<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  interruption = new AbortController();
  const { signal } = interruption;
  process.on("SIGTERM", terminated).on("SIGHUP", hungUp);
  try {
    return await work(signal);
  } finally {
    if (!signal.aborted) {
      process.off("SIGTERM", terminated).off("SIGHUP", hungUp);
      interruption = undefined;
    }
  }
}
