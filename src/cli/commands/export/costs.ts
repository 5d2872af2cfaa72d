/** `rtmm export costs`: what layers cost on a system, as a measured table. */
import { costsText } from "../../../export/index.ts";
import { defaultSettings } from "../../../run/settings.ts";
import type { CommandDefinition } from "../../command.ts";
import { declareExportOptions, type ExportCommandOptions } from "../../options/export-options.ts";
import { runExport } from "../../run-export.ts";

export const command: CommandDefinition<ExportCommandOptions> = {
  examples: [
    {
      command: "rtmm export costs vr-gaming -S hda-2-ws-os-4k -o costs.csv",
      meaning: "write a table for a system with costs: table",
    },
  ],
  declare(declaration) {
    declareExportOptions(declaration.argument("<model|scenario|file>", "model, or scenario for all its models")).option(
      "-S, --system <name|file>",
      "system with the accelerators",
      defaultSettings.system,
    );
  },
  run: async (invocation) =>
    runExport(invocation, (models, workbench) => {
      const path = workbench.files.find("system", invocation.options.system ?? defaultSettings.system);
      const system = workbench.system(path).value;
      // Throws for invalid measured rows, and for layers that no accelerator can run.
      workbench.costs(models, system);
      return costsText(models, system);
    }),
};
