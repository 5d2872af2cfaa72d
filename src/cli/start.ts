/** Runs the command line on this process. */
import { writeSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { exitCode } from "./exit-codes.ts";
import { Interruption } from "./interruption.ts";
import { main } from "./main.ts";

export async function start(): Promise<void> {
  process.stdout.on("error", endWriting);
  process.stderr.on("error", endWriting);
  process.on("uncaughtException", (error) =>
    endWith(error, "outside of any run, as by a promise or timer of a policy"),
  );
  process.on("SIGINT", interrupted);
  process.on("beforeExit", tellUnsettled);
  // What a user's policy prints is not data.
  console.log = console.info = console.debug = console.error;
  const { stdout, stderr, env } = process;
  const cwd = process.cwd();
  process.exitCode = await main(process.argv.slice(2), { stdout, stderr, env, cwd, interruptibly, untilInterrupted });
  process.off("beforeExit", tellUnsettled);
}

/** What the command waits for can no longer come: Node would exit with a code of its own, in silence. */
function tellUnsettled(): never {
  writeSync(
    2,
    "error: nothing is left to do, but something is still waited for, as by a top-level await of a policy\n",
  );
  process.exit(exitCode.failed);
}

/** A reader that closes early (`rtmm … | head`) wants no more; anything else, such as a full disk, is told. */
function endWriting(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? exitCode.ok);
  endWith(error, "while the output was written");
}

function endWith(error: unknown, when: string): never {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  try {
    writeSync(2, `error: ${message} (${when})\n${process.argv.includes("--debug") ? `${stack}\n` : ""}`);
  } finally {
    process.exit(exitCode.failed);
  }
}

/** A simulation never returns to the event loop, where signals are heard; a vm script is stopped by SIGINT itself. */
function interruptibly<Result>(work: () => Result): Result {
  try {
    return runInNewContext("work()", { work }, { breakOnSigint: true }) as Result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw new Interruption();
    throw error;
  }
}

/** Told of Ctrl-C; undefined: nothing is left to be put in order. */
let interruption: AbortController | undefined;

/** A second Ctrl-C does not wait. */
function interrupted(): void {
  if (interruption === undefined || interruption.signal.aborted) process.exit(exitCode.interrupted);
  interruption.abort(new Interruption());
}

async function untilInterrupted<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  interruption = new AbortController();
  try {
    return await work(interruption.signal);
  } finally {
    interruption = undefined;
  }
}
