/** What `rtmm init` does for a project: convert what the user has, write, check, and say what to type next. */
import { basename, join } from "node:path";
import { schemaFolderFrom } from "../files/built-ins.ts";
import { Library } from "../files/library.ts";
import { importedFolder, type Project, projectFiles, projectPaths } from "../files/project-files.ts";
import { writeFiles } from "../files/write-files.ts";
import { kebabCase } from "../import/index.ts";
import { RequestError } from "../input/request-error.ts";
import { checkImported } from "../studies/check-imported.ts";
import { fitSystem } from "../studies/fit-system.ts";
import type { Invocation } from "./command.ts";
import { type ExitCode, exitCode } from "./exit-codes.ts";
import { type InitImport, type InitImported, initImport } from "./init-import.ts";
import { noteInputWarnings } from "./notes.ts";
import { openLibrary } from "./open-library.ts";
import { noteImport } from "./run-import.ts";

export interface InitOptions {
  readonly from?: readonly string[];
  readonly fps?: readonly string[];
  readonly name?: string;
  readonly python?: true;
  readonly force?: true;
}

type InitInvocation = Invocation<InitOptions>;

export async function initProject(invocation: InitInvocation): Promise<ExitCode> {
  const library = openLibrary(invocation);
  const { target, others } = requestOf(invocation, library);
  const imported = await importFor(target, others, invocation, library);
  const project: Project = { ...target, ...imported?.project };
  const present = invocation.options.force === true ? "replace" : "refuse";
  const shown = library.shown.bind(library);
  const paths = writeFiles(projectFiles(project), { folder: target.folder, present, shown });
  if (imported !== undefined) await reportImport(project, imported, invocation);
  for (const path of paths) invocation.note(`wrote ${path}`);
  noteNext(project, library, invocation);
  return exitCode.ok;
}

interface Target {
  /** Absolute. */
  readonly folder: string;
  readonly title: string;
  readonly name: string;
}

/** Throws RequestError for words that mean nothing here, and for a name that gives no id. */
function requestOf({ args, options }: InitInvocation, library: Library): { target: Target; others: readonly string[] } {
  const at = args.findIndex((each) => each.startsWith("-"));
  const [words, others] = at < 0 ? [args, []] : [args.slice(0, at), args.slice(at)];
  if (words.length > 1) throw new RequestError(`init takes one folder, got ${words.join(" and ")}`);
  if (options.from === undefined) {
    const surplus = others[0] ?? (options.fps === undefined ? undefined : "--fps");
    if (surplus !== undefined) throw new RequestError(`${surplus} means nothing without --from <format> <files…>`);
  }
  return { target: targetOf(library.absolute(words[0] ?? "."), options), others };
}

function targetOf(folder: string, options: InitOptions): Target {
  const title = options.name ?? basename(folder);
  const name = kebabCase(title, "");
  if (name !== "") return { folder, title, name };
  throw new RequestError(
    `"${title}" gives no name for the scenario: it has no letter from a to z and no digit; --name <name> says one`,
  );
}

async function importFor(
  { folder, title, name }: Target,
  others: readonly string[],
  invocation: InitInvocation,
  library: Library,
): Promise<InitImported | undefined> {
  const { from, fps } = invocation.options;
  if (from === undefined) return undefined;
  const out = join(folder, importedFolder);
  const request: InitImport = { words: from, others, out, name, title, ...(fps === undefined ? {} : { fps }) };
  const options = { schemaFolder: schemaFolderFrom(out) };
  const result = await initImport(request, invocation, { library, options, warn: library.warn.bind(library) });
  noteInputWarnings(library.warnings, invocation);
  return result;
}

/** The files are loaded as a run would. */
async function reportImport(project: Project, { report }: InitImported, invocation: InitInvocation): Promise<void> {
  // A fresh one, which has read none of the files and has warned of nothing.
  const fresh = new Library(invocation.streams.cwd);
  const { scenario, system } = projectPaths(project);
  const { imported = [], scenario: own } = project;
  const paths = imported.map(({ fileName }) => join(project.folder, importedFolder, fileName));
  const files = own === undefined ? imported : [...imported, own];
  const counted = checkImported(files, own === undefined ? paths : [...paths, join(project.folder, scenario)], fresh);
  noteImport(report, counted, invocation);
  if (system === "system.yaml") invocation.note(await sizeText(project, join(project.folder, scenario), fresh));
  noteInputWarnings(fresh.warnings, invocation);
}

async function sizeText({ folder }: Project, scenario: string, library: Library): Promise<string> {
  const { pes, fits } = await fitSystem(scenario, join(folder, "system.yaml"), library);
  return fits
    ? `system.yaml has two accelerators of ${pes} PEs, which is enough for these rates`
    : `system.yaml has two accelerators of ${pes} PEs, which is not enough; rtmm show says why`;
}

function noteNext(project: Project, library: Library, { note }: InitInvocation): void {
  const { scenario, system } = projectPaths(project);
  const shown = library.shown(project.folder);
  if (project.folder !== library.cwd) note(`next: cd ${/^[\w./-]+$/.test(shown) ? shown : JSON.stringify(shown)}`);
  note(`next: rtmm run ${scenario} -S ${system}`);
  note("README.md has the other commands, in order");
}
