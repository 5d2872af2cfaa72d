/** The world that a command sees: where it writes, its environment and folder. */
import type { Interruptibly } from "../executors/run-point.ts";

export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

export interface Streams {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute folder that paths on the command line start from. */
  readonly cwd: string;
  /** Runs long work so that Ctrl-C ends it at once with an Interruption. */
  readonly interruptibly: Interruptibly;
  /** Runs work that waits for threads or machines: its signal is aborted with an Interruption by the first Ctrl-C, SIGTERM or SIGHUP. */
  readonly untilInterrupted: <Result>(work: (signal: AbortSignal) => Promise<Result>) => Promise<Result>;
}
