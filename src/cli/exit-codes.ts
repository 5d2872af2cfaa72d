/** Exit codes and their meaning. No other file names the numbers. */
import type { StopSignal } from "./interruption.ts";

export const exitCode = {
  ok: 0,
  /** A run failed: a policy threw, an audit reported findings, a bound has no solver, or an internal error occurred. */
  failed: 1,
  /** Bad usage or bad input; nothing was run. */
  usage: 2,
  /** A value got worse, a requirement was not met, or a repeated run gave another result. */
  regression: 3,
  /** A baseline is missing or cannot be compared. Nothing was compared. */
  incomparable: 4,
  /** Ctrl-C. Finished work is kept. */
  interrupted: 130,
  /** SIGTERM. Finished work is kept. The code is 128 plus the signal number, as shells, Slurm and Kubernetes expect. */
  terminated: 143,
  /** SIGHUP. Finished work is kept. */
  hungUp: 129,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export const stoppedBy: Readonly<Record<StopSignal, ExitCode>> = {
  SIGINT: exitCode.interrupted,
  SIGTERM: exitCode.terminated,
  SIGHUP: exitCode.hungUp,
};
