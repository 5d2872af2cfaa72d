/** Runs the command line on this process. */
import { runInNewContext } from "node:vm";
import { exitCode } from "./exit-codes.ts";
import { Interruption } from "./interruption.ts";
import { main } from "./main.ts";

export async function start(): Promise<void> {
  process.stdout.on("error", endQuietly);
  process.stderr.on("error", endQuietly);
  process.on("SIGINT", () => process.exit(exitCode.interrupted));
  const { stdout, stderr, env } = process;
  process.exitCode = await main(process.argv.slice(2), { stdout, stderr, env, cwd: process.cwd(), interruptibly });
}

/** A reader that closes early (`rtmm … | head`) wants no more; anything else is told. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? exitCode.ok);
  throw error;
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
