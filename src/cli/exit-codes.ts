/** What an exit code means; the only place that knows the numbers. */
import type { StopSignal } from "./interruption.ts";

export const exitCode = {
  ok: 0,
  /** A run failed: a policy threw, an audit found something, an internal error. */
  failed: 1,
  /** Bad usage or bad input; nothing was run. */
  usage: 2,
  /** A regression, or a threshold or a repetition that did not hold. */
  regression: 3,
  /** A baseline is missing or not comparable; nothing was compared. */
  incomparable: 4,
  /** Ctrl-C; what was finished is kept. */
  interrupted: 130,
  /** SIGTERM, likewise: 128 and the signal's number, as shells, Slurm and Kubernetes show it. */
  terminated: 143,
  /** SIGHUP, likewise. */
  hungUp: 129,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export const stoppedBy: Readonly<Record<StopSignal, ExitCode>> = {
  SIGINT: exitCode.interrupted,
  SIGTERM: exitCode.terminated,
  SIGHUP: exitCode.hungUp,
};
