/** `rtmm completion`: prints what a shell needs to complete command lines. */
import { Argument } from "commander";
import type { CommandDefinition } from "../command.ts";
import { type Shell, scripts, shells } from "../completion/scripts.ts";
import { exitCode } from "../exit-codes.ts";

export const command: CommandDefinition = {
  examples: [
    { command: 'eval "$(rtmm completion bash)"', meaning: "in ~/.bashrc; for zsh in ~/.zshrc, after compinit" },
    {
      command: "rtmm completion fish > ~/.config/fish/completions/rtmm.fish",
      meaning: "for fish, once",
    },
  ],
  declare(declaration) {
    declaration.addArgument(new Argument("<shell>", "shell that you use").choices(shells));
  },
  async run({ args, print }) {
    print(scripts[args[0] as Shell]);
    return exitCode.ok;
  },
};
