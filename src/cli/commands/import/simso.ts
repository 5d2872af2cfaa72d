/** `rtmm import simso`: task sets of SimSo. */
import { readSources } from "../../../files/imports/read-sources.ts";
import { importSimso } from "../../../import/index.ts";
import type { CommandDefinition } from "../../command.ts";
import { declareImportOptions, type ImportCommandOptions } from "../../options/import-options.ts";
import { runImport } from "../../run-import.ts";

export const command: CommandDefinition<ImportCommandOptions> = {
  examples: [
    { command: "rtmm import simso tasks.xml -o mine", meaning: "convert tasks, their times and the processors" },
  ],
  declare(declaration) {
    declareImportOptions(declaration.argument("<files...>", "simulations (XML)"));
  },
  run: (invocation) =>
    runImport(invocation, ({ library, options, warn }) =>
      importSimso(readSources(invocation.args, library), options, warn),
    ),
};
