/** `--queue`: the Redis server that distributes points to other machines. */
import type { Command } from "commander";

export interface QueueOption {
  readonly queue?: string;
}

export function declareQueue(declaration: Command): Command {
  return declaration.option("--queue <url>", "Redis server, such as redis://host:6379 (docs/cluster.md)");
}
