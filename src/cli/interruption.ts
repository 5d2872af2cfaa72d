/** Signals that interrupt a run: Ctrl-C, the end of a batch job or container, or a closed terminal. */
export type StopSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

export class Interruption extends Error {
  override readonly name = "Interruption";
  readonly by: StopSignal;

  constructor(by: StopSignal = "SIGINT") {
    super(`stopped by ${by}`);
    this.by = by;
  }
}
