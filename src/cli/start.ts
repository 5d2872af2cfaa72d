/** Runs the command line on this process. */
import { writeSync } from "node:fs";
import { type Context, createContext, runInContext } from "node:vm";
import { exitCode, stoppedBy } from "./exit-codes.ts";
import { Interruption, type StopSignal } from "./interruption.ts";
import { main } from "./main.ts";

export async function start(): Promise<void> {
  process.stdout.on("error", endWriting);
  process.stderr.on("error", endWriting);
  process.on("uncaughtException", (error) =>
    endWith(error, "outside of any run, as by a promise or timer of a policy"),
  );
  process.on("SIGINT", interrupted);
  process.on("beforeExit", tellUnsettled);
  process.on("exit", tellEnded);
  // What a user's policy prints is not data.
  console.log = console.info = console.debug = console.error;
  const { stdout, stderr, env } = process;
  const cwd = process.cwd();
  process.exitCode = await main(process.argv.slice(2), { stdout, stderr, env, cwd, interruptibly, untilInterrupted });
  process.off("beforeExit", tellUnsettled).off("exit", tellEnded);
  // Node would abort on its way out: the terminal whose state it restores has gone.
  if (process.exitCode === exitCode.hungUp) process.off("SIGHUP", hungUp).kill(process.pid, "SIGHUP");
}

/** What the command waits for can no longer come: Node would exit with a code of its own, in silence. */
function tellUnsettled(): never {
  writeSync(
    2,
    "error: nothing is left to do, but something is still waited for, as by a top-level await of a policy\n",
  );
  exit(exitCode.failed);
}

/** Whoever ended the process was not rtmm: no exit code of theirs is to look like one of its own. */
function tellEnded(): void {
  writeSync(2, "error: the process was ended before the command was, as by process.exit() of a policy\n");
  process.exitCode = exitCode.failed;
}

function exit(code: number | string): never {
  process.off("exit", tellEnded);
  process.exit(code);
}

/** A reader that closes early (`rtmm … | head`) wants no more; anything else, such as a full disk, is told. */
function endWriting(error: NodeJS.ErrnoException): void {
  // The terminal has gone: what was finished is put in order without it.
  if (error.code === "EIO" && interruption !== undefined) {
    stop("SIGHUP");
    return;
  }
  if (error.code === "EPIPE") exit(process.exitCode ?? exitCode.ok);
  endWith(error, "while the output was written");
}

function endWith(error: unknown, when: string): never {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  try {
    writeSync(2, `error: ${message} (${when})\n${process.argv.includes("--debug") ? `${stack}\n` : ""}`);
  } finally {
    exit(exitCode.failed);
  }
}

/** One for all simulations: to make another one takes as long as a short simulation. */
let sandbox: Context | undefined;

/** A simulation never returns to the event loop, where signals are heard; a vm script is stopped by SIGINT itself. */
function interruptibly<Result>(work: () => Result): Result {
  sandbox ??= createContext({});
  sandbox.work = work;
  try {
    return runInContext("work()", sandbox, { breakOnSigint: true }) as Result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
    // No listener has heard of it.
    if (interruption !== undefined) interrupted();
    throw new Interruption();
  }
}

/** Told of Ctrl-C and the like; undefined: nothing is left to be put in order. */
let interruption: AbortController | undefined;

function stop(by: StopSignal): void {
  const isFirst = interruption !== undefined && !interruption.signal.aborted;
  if (isFirst) interruption?.abort(new Interruption(by));
  // A second Ctrl-C does not wait. Batch systems send theirs to a process and to its group, so twice: they have SIGKILL.
  else if (by === "SIGINT") exit(stoppedBy[by]);
}

const interrupted = (): void => stop("SIGINT");
const terminated = (): void => stop("SIGTERM");
const hungUp = (): void => stop("SIGHUP");

/**
 * SIGTERM and SIGHUP are heard from here on, until the work has ended by itself: a simulation elsewhere never returns to
 * the event loop, and they are to end it at once.
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
