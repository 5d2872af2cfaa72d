/** `rtmm export scalesim`: a model as a topology of SCALE-Sim. */
import { scalesimText } from "../../../export/index.ts";
import { RequestError } from "../../../input/request-error.ts";
import type { CommandDefinition } from "../../command.ts";
import { declareExportOptions, type ExportCommandOptions } from "../../options/export-options.ts";
import { runExport } from "../../run-export.ts";

export const command: CommandDefinition<ExportCommandOptions> = {
  examples: [
    {
      command: "rtmm export scalesim res8-narrow --lossy -o res8.csv",
      meaning: "write a model, as far as SCALE-Sim can",
    },
  ],
  declare(declaration) {
    declareExportOptions(declaration.argument("<model|file>", "model"));
  },
  run: async (invocation) =>
    runExport(invocation, (models) => {
      const [model, ...others] = models;
      if (others.length === 0) return scalesimText(model!);
      const names = models.map(({ name }) => name).join(", ");
      throw new RequestError(`a topology has one network; name one of the models: ${names}`);
    }),
};
