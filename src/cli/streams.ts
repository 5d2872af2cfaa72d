/** What a command sees of its process: output streams, environment and current folder. */
import type { FileEvents } from "../files/file-events.ts";
import type { RunResult } from "../records/run-result.ts";
import type { Interruptibly } from "../run/interruptibly.ts";
import type { PolicyPulse } from "../run/policy-pulse.ts";

/** See `Interruptibly`. `policyTimeoutMs`: how long a call of a user's policy may last. */
export type InterruptiblyWithin = <Result>(
  simulation: (pulse?: PolicyPulse) => Result,
  setup: Parameters<Interruptibly>[1],
  policyTimeoutMs: number,
) => Result;

/** See `LoadPolicy`. `policyTimeoutMs`: how long it may take. */
export type LoadPolicyWithin = <Loaded>(
  path: string,
  load: () => Promise<Loaded>,
  policyTimeoutMs: number,
) => Promise<Loaded>;

export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
}

/** Hears what a command does. */
export interface Listener {
  readonly files: FileEvents;
  /** `rtmm run` has these results. */
  readonly finished: (results: readonly RunResult[]) => void;
}

export interface Streams {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that paths on the command line are relative to; absolute. */
  readonly cwd: string;
  /** Runs a simulation. Ctrl-C ends it at once with an Interruption. */
  readonly interruptibly: InterruptiblyWithin;
  /** Loads a policy from a user's file. Ctrl-C ends the process. */
  readonly loadPolicy: LoadPolicyWithin;
  /** Runs work that waits for threads or machines. The first Ctrl-C, SIGTERM or SIGHUP aborts its signal with an Interruption. */
  readonly untilInterrupted: <Result>(work: (signal: AbortSignal) => Promise<Result>) => Promise<Result>;
  /** Of a run that is watched. It reports no interruption: whoever watches does. */
  readonly listener?: Listener | undefined;
}
