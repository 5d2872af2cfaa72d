/** `rtmm export maestro`: models as networks of MAESTRO. */
import { maestroText } from "../../../export/index.ts";
import type { CommandDefinition } from "../../command.ts";
import { declareExportOptions, type ExportCommandOptions } from "../../options/export-options.ts";
import { runExport } from "../../run-export.ts";

export const command: CommandDefinition<ExportCommandOptions> = {
  examples: [
    { command: "rtmm export maestro ritnet -o ritnet.m", meaning: "write a model" },
    {
      command: "rtmm export maestro vr-gaming --lossy",
      meaning: "write all models of a scenario, as far as MAESTRO can",
    },
  ],
  declare(declaration) {
    declareExportOptions(declaration.argument("<model|scenario|file>", "model, or scenario for all its models"));
  },
  run: async (invocation) => runExport(invocation, (models) => maestroText(models)),
};
