/** `rtmm init`: writes files to start from. */

import { relative, resolve } from "node:path";
import type { Command } from "commander";
import { pythonFiles, writePythonFiles } from "../../files/python-files.ts";
import { RequestError } from "../../input/request-error.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";

interface Options {
  readonly python?: true;
  readonly force?: true;
}

export const command: CommandDefinition<Options> = {
  examples: [{ command: "rtmm init --python mine", meaning: "write a policy in Python, and what it imports" }],
  declare(declaration: Command): void {
    declaration
      .argument("[folder]", "folder for the files (default: the current one)")
      .option("--python", "a policy in Python: its helper rtmm.py, an example, and one that learns")
      .option("--force", "replace files that are there");
  },
  async run({ args, options, streams, note }: Invocation<Options>): Promise<ExitCode> {
    if (options.python === undefined) throw new RequestError("say what to write: rtmm init --python [folder]");
    const folder = resolve(streams.cwd, args[0] ?? ".");
    writePythonFiles({ folder, present: options.force === undefined ? "refuse" : "replace" });
    const shown = relative(streams.cwd, folder);
    const path = (file: string): string => (shown === "" ? file : `${shown}/${file}`);
    for (const file of pythonFiles) note(`wrote ${path(file)}`);
    note(`try: rtmm run vr-gaming -s 'exec:python3 ${path("policy.py")}'`);
    return exitCode.ok;
  },
};
