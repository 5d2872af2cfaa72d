/** `rtmm init`: writes files to start from. */
import type { Command } from "commander";
import { pythonFiles } from "../../files/python-files.ts";
import { writeFiles } from "../../files/write-files.ts";
import { RequestError } from "../../input/request-error.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { type InitOptions, initProject } from "../init-project.ts";
import { openLibrary } from "../open-library.ts";
import { listed } from "../options/run-options.ts";

export const command: CommandDefinition<InitOptions> = {
  examples: [
    { command: "rtmm init mine", meaning: "write a small project that runs: start with mine/README.md" },
    {
      command: "rtmm init mine --from onnx detector.onnx pose.onnx --fps 30,60",
      meaning: "the same for your networks, at these rates",
    },
    {
      command: "rtmm init mine --from profile kws.txt --warmup 2 --fps 30",
      meaning: "for measured times; --warmup is an option of rtmm import profile",
    },
    { command: "rtmm init --python mine", meaning: "write a policy in Python, and what it imports" },
  ],
  declare(declaration: Command): void {
    declaration
      .usage("[folder] [options]")
      .argument("[folder]", "folder for the files (default: the current one)")
      .option(
        "--from <format> <files...>",
        "networks, profiles, …: what rtmm import takes, with its options after them",
      )
      .option(
        "--fps <rate,…|model=rate,…>",
        "rates of the models: one for all, in order, or by name (default: 30)",
        listed,
      )
      .option("--name <name>", "what the scenario is called (default: the folder)")
      .option("--python", "only a policy in Python: its helper rtmm.py, an example, and one that learns")
      .option("--force", "overwrite existing files")
      // Of the import; init-project.ts refuses others.
      .allowUnknownOption()
      .allowExcessArguments();
  },
  run: async (invocation) => (invocation.options.python === true ? initPython(invocation) : initProject(invocation)),
};

function initPython(invocation: Invocation<InitOptions>): ExitCode {
  const { args, options, note } = invocation;
  const [folder = ".", ...others] = args;
  const given = others[0] ?? (["from", "fps", "name"] as const).map((key) => options[key] && `--${key}`).find(Boolean);
  if (given !== undefined) throw new RequestError(`--python writes a policy only, and takes no ${given}`);
  const library = openLibrary(invocation);
  const shown = library.shown.bind(library);
  const present = options.force === true ? "replace" : "refuse";
  const paths = writeFiles(pythonFiles(), { folder: library.absolute(folder), present, shown });
  for (const path of paths) note(`wrote ${path}`);
  note(`try: rtmm run vr-gaming -s 'exec:python3 ${paths[1]}'`);
  return exitCode.ok;
}
