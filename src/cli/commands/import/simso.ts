/** `rtmm import simso`: task sets of SimSo. */
import { readSources } from "../../../files/imports/read-sources.ts";
import { importSimso } from "../../../import/index.ts";
import { declareImportOptions, type ImportCommandOptions } from "../../options/import-options.ts";
import { importCommand } from "../../run-import.ts";

export const command = importCommand<ImportCommandOptions>({
  examples: [
    { command: "rtmm import simso tasks.xml -o mine", meaning: "convert tasks, their times and the processors" },
  ],
  declare(declaration) {
    declareImportOptions(declaration.argument("<files...>", "simulations (XML)"));
  },
  convert: (invocation, { library, options, warn }) =>
    importSimso(readSources(invocation.args, library), options, warn),
});
