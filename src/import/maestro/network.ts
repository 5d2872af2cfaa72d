/** A network of a workload file. */
import type { MaestroLayer } from "./layer.ts";
import type { Token } from "./tokens.ts";

export interface MaestroNetwork extends ScheduledNetwork {
  readonly layers: readonly MaestroLayer[];
}

/** What a scenario says of a network. */
export interface ScheduledNetwork {
  readonly name: string;
  /** The name's position. */
  readonly at: Token;
  /** 0: not stated. */
  readonly fps: number;
  /** Probability that its dependencies trigger it, 0 to 1. */
  readonly probability: number;
  /** Names of networks, each with its position. */
  readonly dependencies: readonly Token[];
}
