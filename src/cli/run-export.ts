/** What every `rtmm export <format>` does around its format: name models, refuse or tell losses, write. */
import type { Model } from "../core/model.ts";
import { type Exported, lossText } from "../export/index.ts";
import type { Library } from "../files/library.ts";
import { OutputFile } from "../files/output-file.ts";
import { RequestError } from "../input/request-error.ts";
import { Workbench } from "../run/workbench.ts";
import type { Invocation } from "./command.ts";
import { type ExitCode, exitCode } from "./exit-codes.ts";
import { modelsNamed } from "./models-named.ts";
import { noteInputWarnings } from "./notes.ts";
import { openLibrary } from "./open-library.ts";
import type { ExportCommandOptions } from "./options/export-options.ts";

/** `convert` makes the text of the models that were named. */
export function runExport<Options extends ExportCommandOptions>(
  invocation: Invocation<Options>,
  convert: (models: readonly Model[], workbench: Workbench<Library>) => Exported,
): ExitCode {
  const workbench = new Workbench(openLibrary(invocation));
  const models = modelsNamed(invocation.args[0] ?? "", workbench);
  for (const { name, variants } of models)
    if (invocation.options.system === undefined && variants.every(({ layers }) => layers.length === 0))
      throw new RequestError(`the model ${name} is measured, so it has no layers to export`);
  const { text, losses } = convert(models, workbench);
  noteInputWarnings(workbench.files.warnings, invocation);
  if (losses.length > 0 && invocation.options.lossy !== true) {
    const list = losses.map((loss) => `\n- ${lossText(loss)}`).join("");
    throw new RequestError(`the format cannot hold everything; --lossy writes it all the same:${list}`);
  }
  for (const loss of losses) invocation.note(`lost: ${lossText(loss)}`);
  write(text, invocation, workbench.files);
  return exitCode.ok;
}

const STDOUT = "-";

function write(text: string, { options, print, note }: Invocation<ExportCommandOptions>, library: Library): void {
  if (options.out === undefined || options.out === STDOUT) {
    print(text);
    return;
  }
  const path = library.absolute(options.out);
  library.keepInput(path);
  const file = new OutputFile(path);
  file.write(text);
  file.finish();
  note(`wrote ${options.out}`);
}
