/** What ends a run before its time: Ctrl-C, a batch system or container that ends, a terminal that is closed. */
export type StopSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

export class Interruption extends Error {
  override readonly name = "Interruption";
  readonly by: StopSignal;

  constructor(by: StopSignal = "SIGINT") {
    super(`stopped by ${by}`);
    this.by = by;
  }
}
