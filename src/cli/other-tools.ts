/** Says of a file that could not be loaded which importer reads it, if another tool wrote it. */
import { kindAt } from "../files/imports/kind-at.ts";
import { Library } from "../files/library.ts";
import { InputError } from "../input/input-error.ts";
import type { Problem } from "../input/problem.ts";
import { RequestError } from "../input/request-error.ts";
import { command as importGroup } from "./commands/import.ts";

/**
 * The error that stopped a command, with one problem for all those of a file of another tool. An importer that reads such
 * files keeps its own.
 */
export function withOtherTools(error: unknown, argv: readonly string[], cwd: string): unknown {
  const library = new Library(cwd);
  if (error instanceof InputError) {
    const problems = namingTools(error.problems, library, argv);
    return problems.some(({ code }) => code === "OTHER_TOOL") ? new InputError(problems) : error;
  }
  const isImport = argv[0] === "import" && importGroup.subcommands.some(({ name }) => name === argv[1]);
  if (!(error instanceof RequestError) || !isImport) return error;
  const found = argv.slice(2).flatMap((word) => toolProblem(library.fileAt(word), library, argv) ?? []);
  return found.length === 0 ? error : new InputError(found);
}

/** The problems, with one for all those of a file of another tool. */
export function namingTools(
  problems: readonly Problem[],
  library: Library,
  argv: readonly string[] = [],
): readonly Problem[] {
  const wrong = new Set(problems.filter(({ severity }) => severity === "error").map(({ file }) => file));
  const found = [...wrong].flatMap((file) => toolProblem(file, library, argv) ?? []);
  const named = new Set(found.map(({ file }) => file));
  return [...found, ...problems.filter(({ file }) => !named.has(file))];
}

function toolProblem(file: string, library: Library, argv: readonly string[]): Problem | undefined {
  const kind = kindAt(file, library);
  if (kind === undefined || argv.includes(kind.importer)) return undefined;
  const message = `this is ${kind.title}; rtmm import ${kind.importer} reads it`;
  const nowhere = { line: undefined, column: undefined, frame: "" };
  return { code: "OTHER_TOOL", message, severity: "error", file, ...nowhere };
}
