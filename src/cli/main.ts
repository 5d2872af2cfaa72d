/** The command line as a function of its arguments and streams. */
import { answeredAtOnce } from "./at-once.ts";
import { type ExitCode, exitCode } from "./exit-codes.ts";
import type { Streams } from "./streams.ts";

/** Never throws. */
export async function main(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  if (answeredAtOnce(argv, streams)) return exitCode.ok;
  const { runCommandLine } = await import("./command-line.ts");
  return runCommandLine(argv, streams);
}
