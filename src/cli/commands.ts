/** The commands, in the order of `rtmm --help`; only the one that is called is loaded. */
import type { CommandDefinition } from "./command.ts";

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<{ readonly command: CommandDefinition }>;
}

export const commands: readonly CommandEntry[] = [
  {
    name: "run",
    summary: "simulate scenarios or suites and print their metrics",
    load: () => import("./commands/run.ts"),
  },
  {
    name: "validate",
    summary: "check model, scenario, system and suite files",
    load: () => import("./commands/validate.ts"),
  },
  {
    name: "rerun",
    summary: "repeat the run of a result.json and compare",
    load: () => import("./commands/rerun.ts"),
  },
  {
    name: "verify",
    summary: "run a scenario several times and show that its result stays the same",
    load: () => import("./commands/verify.ts"),
  },
];
