/** `rtmm export`: writes files of other tools, a sub-command for each format. */
import type { CommandGroup } from "../command.ts";

export const command: CommandGroup = {
  examples: [
    { command: "rtmm export maestro ritnet", meaning: "write a model as a MAESTRO network, on stdout" },
    { command: "rtmm export scalesim --help", meaning: "show what a format takes" },
  ],
  what: "format",
  does: "export",
  subcommands: [
    {
      name: "maestro",
      summary: "networks of MAESTRO",
      load: () => import("./export/maestro.ts"),
    },
    {
      name: "scalesim",
      summary: "topologies of SCALE-Sim (CSV)",
      load: () => import("./export/scalesim.ts"),
    },
    {
      name: "costs",
      summary: "costs of layers on a system, as rtmm's own tables have them (CSV)",
      load: () => import("./export/costs.ts"),
    },
  ],
};
