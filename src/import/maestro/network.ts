/** A network of a workload file. */
import type { MaestroLayer } from "./layer.ts";
import type { Token } from "./tokens.ts";

export interface MaestroNetwork {
  readonly name: string;
  /** Where the name stands. */
  readonly at: Token;
  readonly fps: number;
  /** Of being triggered by its dependencies, 0 to 1. */
  readonly probability: number;
  /** Names of networks, each where it stands. */
  readonly dependencies: readonly Token[];
  readonly layers: readonly MaestroLayer[];
}
