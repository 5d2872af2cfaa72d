/** `--from <format> <files…>` of `rtmm init`: the same conversion as `rtmm import <format>`. */
import { dirname } from "node:path";
import { Command } from "commander";
import { schemaFolderFrom } from "../files/built-ins.ts";
import { importedFolder, type Project } from "../files/project-files.ts";
import { type ImportedFile, type ImportReport, type ImportResult, modelTasks, ratesOf } from "../import/index.ts";
import { nameHint } from "../input/closest.ts";
import { RequestError } from "../input/request-error.ts";
import type { Invocation } from "./command.ts";
import { command as importGroup } from "./commands/import.ts";
import type { ImportCommandOptions } from "./options/import-options.ts";
import type { ImportContext, ImportDefinition } from "./run-import.ts";

export interface InitImport {
  /** The format, then its files. */
  readonly words: readonly string[];
  /** Options of the format. */
  readonly others: readonly string[];
  /** Where the files will be written; absolute. */
  readonly out: string;
  /** Undefined: not given. */
  readonly fps?: readonly string[];
  /** Id and title of the scenario. */
  readonly name: string;
  readonly title: string;
}

/** What takes the place of the template's networks. */
export interface InitImported {
  readonly project: Pick<Project, "imported" | "scenario">;
  readonly report: ImportReport;
}

const usualFps = ["30"];
const usualHint = "every model runs at 30 fps; --fps 30,60 gives each its own rate";

/** Throws RequestError for an unknown format or option, and what the conversion throws. */
export async function initImport(
  request: InitImport,
  invocation: Invocation,
  context: ImportContext,
): Promise<InitImported> {
  const definition = await definitionOf(request.words[0]!);
  const declaration = declarationOf(request.words[0]!, definition, invocation);
  // Such a format knows what follows what, so it makes the scenario.
  const makesScenario = declaration.options.some(({ long }) => long === "--fps");
  const { fps = usualFps, title, out } = request;
  const rates = makesScenario ? ["--fps", fps.join(","), "--name", title] : [];
  declaration.parse([...request.words.slice(1), ...request.others, ...rates], { from: "user" });
  const options = declaration.opts<ImportCommandOptions>();
  if (options.out !== undefined)
    throw new RequestError("init takes no -o; the folder stands first: rtmm init <folder>");
  const { args } = declaration;
  const { files, report } = await definition.convert({ ...invocation, args, options: { ...options, out } }, context);
  const isWhole = files.some(({ kind }) => kind === "scenario") && (makesScenario || request.fps === undefined);
  const scenario = isWhole ? {} : { scenario: scenarioOf(files, request, args) };
  const hints = request.fps === undefined && (makesScenario || !isWhole) ? [usualHint] : [];
  return {
    project: { imported: files, ...scenario },
    report: { ...report, hints: [...(report.hints ?? []), ...hints] },
  };
}

async function definitionOf(format: string): Promise<ImportDefinition> {
  const entry = importGroup.subcommands.find(({ name }) => name === format);
  const names = importGroup.subcommands.map(({ name }) => name);
  if (entry === undefined) {
    throw new RequestError(
      `--from takes a format and its files; there is no format "${format}"${nameHint(format, names)}`,
    );
  }
  const { command } = await entry.load();
  if ("convert" in command) return command as ImportDefinition;
  throw new RequestError(`--from cannot take ${format}; rtmm import ${format} writes its files`);
}

function declarationOf(format: string, definition: ImportDefinition, { streams }: Invocation): Command {
  const declaration = new Command(`rtmm import ${format}`)
    .exitOverride()
    .configureOutput({ writeErr: (text) => void streams.stderr.write(text) });
  definition.declare(declaration);
  return declaration;
}

function scenarioOf(files: ImportResult["files"], request: InitImport, sources: readonly string[]): ImportedFile {
  const models = files.filter(({ kind }) => kind === "model");
  const { name, title, out, fps = usualFps } = request;
  const format = `rtmm init --from ${request.words[0]}`;
  if (models.length === 0) {
    const kinds = [...new Set(files.map(({ kind }) => kind))].join(" and a ");
    throw new RequestError(
      `--from needs networks to run, and ${sources.join(", ")} gives ${kinds === "" ? "nothing" : `a ${kinds}`} only`,
    );
  }
  const schemaFolder = schemaFolderFrom(dirname(out));
  const folder = `./${importedFolder}`;
  return modelTasks({ name, title, models, folder, rates: ratesOf(fps), sources, format }, { schemaFolder });
}
