/** `rtmm import maestro`: text files of the MAESTRO/XRBench artifact. */
import { readSources } from "../../../files/imports/read-sources.ts";
import { importMaestro } from "../../../import/index.ts";
import type { CommandDefinition } from "../../command.ts";
import { declareImportOptions, type ImportCommandOptions } from "../../options/import-options.ts";
import { runImport } from "../../run-import.ts";

export const command: CommandDefinition<ImportCommandOptions> = {
  examples: [
    {
      command: "rtmm import maestro VR_gaming.m -o mine",
      meaning: "convert its models and the scenario that runs them",
    },
    {
      command: "rtmm import maestro Dual_4K.m WS_OS.m",
      meaning: "convert hardware and dataflows to a system, on stdout",
    },
  ],
  declare(declaration) {
    declareImportOptions(declaration.argument("<files...>", "workload files, or a hardware and a dataflow file"));
  },
  run: (invocation) =>
    runImport(invocation, ({ library, options, warn }) =>
      importMaestro(readSources(invocation.args, library), options, warn),
    ),
};
