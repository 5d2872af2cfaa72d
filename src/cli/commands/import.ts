/** `rtmm import`: converts files of other tools. */
import { Library } from "../../files/library.ts";
import {
  checkImported,
  type Imported,
  importMaestro,
  readMaestroFiles,
  writeImported,
} from "../../files/maestro-files.ts";
import { didYouMean } from "../../input/closest.ts";
import { RequestError } from "../../input/request-error.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";

interface ImportOptions {
  readonly out?: string;
  readonly force?: true;
}

const formats = ["maestro"];

export const command: CommandDefinition<ImportOptions> = {
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
    declaration
      .argument("<format>", "maestro: text files of the MAESTRO/XRBench artifact")
      .argument("<files...>", "workload files, or a hardware and a dataflow file")
      .option("-o, --out <folder>", "write files to this folder (default: print a single file)")
      .option("--force", "overwrite existing files");
  },
  async run(invocation) {
    const { args, options, streams } = invocation;
    const [format = "", ...paths] = args;
    if (!formats.includes(format)) {
      throw new RequestError(
        `cannot import "${format}"${didYouMean(format, formats) || "; the only format is maestro"}`,
      );
    }
    const library = new Library(streams.cwd);
    const imported = importMaestro(readMaestroFiles(paths, library), options.out, library);
    noteInputWarnings(library.warnings, invocation);
    if (options.out === undefined) printOnly(imported, invocation);
    else write(imported, options.out, invocation, library);
    return exitCode.ok;
  },
};

function printOnly(imported: readonly Imported[], { print }: Invocation<ImportOptions>): void {
  const [only, ...others] = imported;
  if (only === undefined || others.length > 0) {
    throw new RequestError(`the import makes ${imported.length} files; name a folder for them with -o <folder>`);
  }
  print(only.file.yaml);
}

function write(imported: readonly Imported[], folder: string, invocation: Invocation<ImportOptions>, library: Library) {
  const overwrite = invocation.options.force === true ? "allow" : "refuse";
  const paths = writeImported(imported, folder, overwrite, library);
  for (const path of paths) invocation.note(`wrote ${path}`);
  const fresh = new Library(library.cwd);
  checkImported(imported, paths, fresh);
  noteInputWarnings(fresh.warnings, invocation);
}
