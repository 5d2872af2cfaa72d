/** `rtmm verify`. */
import type { CommandDefinition } from "../command.ts";
import { exitCode } from "../exit-codes.ts";

export const command: CommandDefinition = {
  examples: [],
  declare: () => {},
  run: () => Promise.resolve(exitCode.ok),
};
