/** What every `rtmm import <format>` does around its format: read, convert, write, check, report. */
import { schemaFolderFrom } from "../files/built-ins.ts";
import { writeImported } from "../files/imports/write-imported.ts";
import { Library } from "../files/library.ts";
import type { ImportedFile, ImportOptions, ImportReport, ImportResult, Warn } from "../import/index.ts";
import { RequestError } from "../input/request-error.ts";
import { importReportText } from "../output/import-report.ts";
import type { ModelTotals } from "../records/import-report.ts";
import { checkImported } from "../studies/check-imported.ts";
import type { CommandDefinition, Invocation } from "./command.ts";
import { type ExitCode, exitCode } from "./exit-codes.ts";
import { noteInputWarnings } from "./notes.ts";
import { openLibrary } from "./open-library.ts";
import type { ImportCommandOptions } from "./options/import-options.ts";

export interface ImportContext {
  readonly library: Library;
  readonly options: ImportOptions;
  readonly warn: Warn;
}

/** A sub-command of `rtmm import`, whose conversion `rtmm init --from` uses as well. */
export interface ImportDefinition<Options extends ImportCommandOptions = ImportCommandOptions>
  extends CommandDefinition<Options> {
  /** Reads the sources and converts them. */
  convert(invocation: Invocation<Options>, context: ImportContext): ImportResult | Promise<ImportResult>;
}

export const importCommand = <Options extends ImportCommandOptions>(
  definition: Omit<ImportDefinition<Options>, "run">,
): ImportDefinition<Options> => ({
  ...definition,
  run: (invocation) => runImport(invocation, (context) => definition.convert(invocation, context)),
});

async function runImport<Options extends ImportCommandOptions>(
  invocation: Invocation<Options>,
  convert: (context: ImportContext) => ImportResult | Promise<ImportResult>,
): Promise<ExitCode> {
  const library = openLibrary(invocation);
  const { out } = invocation.options;
  const options = out === undefined ? {} : { schemaFolder: schemaFolderFrom(library.absolute(out)) };
  const result = await convert({ library, options, warn: library.warn.bind(library) });
  noteInputWarnings(library.warnings, invocation);
  if (out === undefined) printOnly(result, invocation);
  else write(result, out, invocation, library);
  return exitCode.ok;
}

function printOnly({ files, report }: ImportResult, invocation: Invocation<ImportCommandOptions>): void {
  const [only, ...others] = files;
  if (only === undefined || others.length > 0) {
    throw new RequestError(`the import makes ${files.length} files; name a folder for them with -o <folder>`);
  }
  noteReport(report, invocation);
  invocation.print(only.text);
}

function write(
  { files, report }: ImportResult,
  folder: string,
  invocation: Invocation<ImportCommandOptions>,
  library: Library,
): void {
  const paths = writeImported(files, folder, invocation.options.force === true ? "replace" : "refuse", library);
  // A fresh one, which has read none of the files and has warned of nothing.
  const fresh = new Library(library.cwd);
  const counted = checkImported(files, paths, fresh);
  noteInputWarnings(fresh.warnings, invocation);
  noteImport(report, counted, invocation);
  for (const path of paths) invocation.note(`wrote ${path}`);
  const pathOf = (kind: ImportedFile["kind"]) => paths[files.findIndex((each) => each.kind === kind)];
  const [scenario, system] = [pathOf("scenario"), pathOf("system")];
  if (scenario !== undefined && system !== undefined) invocation.note(`next: rtmm run ${scenario} -S ${system}`);
}

/** The report, with what rtmm counts in the written files. */
export function noteImport(report: ImportReport, counted: readonly ModelTotals[], invocation: Invocation): void {
  noteReport({ ...report, totals: withCounted(report.totals, counted) }, invocation);
}

/** What rtmm counts in the written files; of measured models, and before they are written, what the format says. */
function withCounted(totals: readonly ModelTotals[], counted: readonly ModelTotals[]): readonly ModelTotals[] {
  const ofFormat = new Map(totals.map((each) => [each.model, each]));
  const written = counted.map((each) => ({ ...ofFormat.get(each.model), ...each }));
  const names = new Set(counted.map(({ model }) => model));
  return [...written, ...totals.filter(({ model }) => !names.has(model))];
}

function noteReport(report: ImportReport, { note, textOptions, errorColor }: Invocation): void {
  note(importReportText(report, { ...textOptions, color: errorColor }));
}
