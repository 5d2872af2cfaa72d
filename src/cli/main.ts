/** The command line as a function of its arguments and streams. */

import { rtmmVersion } from "../records/version.ts";
import { type ExitCode, exitCode } from "./exit-codes.ts";
import type { Streams } from "./streams.ts";

/** Never throws. Imports are lazy, so `--version` does not load commander or any command. */
export async function main(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
    streams.stdout.write(`${rtmmVersion}\n`);
    return exitCode.ok;
  }
  if (argv[0] === "complete") {
    const { complete } = await import("./completion/complete.ts");
    complete(argv.slice(argv[1] === "--" ? 2 : 1), streams);
    return exitCode.ok;
  }
  const { runCommandLine } = await import("./command-line.ts");
  return runCommandLine(argv, streams);
}
