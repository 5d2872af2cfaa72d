/** Finds schedulers: built-in by name, a user's by file. */
import { pathToFileURL } from "node:url";
import type { Scheduler } from "../core/scheduler.ts";
import { didYouMean } from "../input/closest.ts";
import { codeFrame } from "../input/code-frame.ts";
import { readText } from "../input/file-source.ts";
import { InputError } from "../input/problem.ts";
import { ProblemList } from "../input/problem-list.ts";
import { RequestError } from "../input/request-error.ts";
import type { InputFile } from "../records/run-result.ts";
import { schedulers } from "../schedulers/index.ts";
import { isPath, type Library } from "./library.ts";
import { policyImports } from "./policy-imports.ts";
import { placeOfError, type ScriptPlace, thrownText } from "./script-error.ts";

export interface FoundScheduler {
  readonly scheduler: Scheduler;
  /** The user's file first, then what it imports by path; empty: built-in. */
  readonly files: readonly InputFile[];
}

/** Throws RequestError for an unknown name and for a file that is no scheduler, InputError for one that does not load. */
export async function findScheduler(name: string, library: Library): Promise<FoundScheduler> {
  if (isPath(name)) return fromFileOnce(library.fileAt(name), library);
  const scheduler = schedulers.find((each) => each.name === name);
  if (scheduler !== undefined) return { scheduler, files: [] };
  const names = schedulers.map((each) => each.name);
  const hint = didYouMean(name, names) || "; `rtmm list schedulers` shows them all";
  throw new RequestError(`unknown scheduler "${name}"${hint}`);
}

/** Every run asks for its scheduler. */
function fromFileOnce(path: string, library: Library): Promise<FoundScheduler> {
  const known = library.schedulers.get(path) ?? fromFile(path, library);
  library.schedulers.set(path, known);
  return known;
}

async function fromFile(path: string, library: Library): Promise<FoundScheduler> {
  if (library.status(path).kind !== "file") throw new RequestError(`there is no scheduler file ${path}`);
  const { default: exported } = await imported(path, library);
  const faults = faultsOf(exported);
  if (faults.length > 0) throw new RequestError(faults.map((fault) => `${path}: ${fault}`).join("\n"));
  const { files } = await policyImports(path, library);
  return { scheduler: exported as Scheduler, files: files.map((file) => inputFile(file, library)) };
}

const inputFile = (path: string, library: Library): InputFile => ({
  role: "scheduler",
  ...library.origin(path),
  sha256: library.sha256(path),
});

async function imported(path: string, library: Library): Promise<{ readonly default?: unknown }> {
  const problems = new ProblemList();
  const text = readText(path, library, problems);
  problems.finish();
  const onDisk = library.onDisk(path);
  try {
    return (await import(pathToFileURL(onDisk).href)) as { readonly default?: unknown };
  } catch (error) {
    throw loadingError(error, path, text ?? "", placeOfError(error, onDisk));
  }
}

function loadingError(error: unknown, file: string, text: string, place: ScriptPlace | undefined): InputError {
  const { line, column } = place ?? { line: undefined, column: undefined };
  const frame = place === undefined ? "" : codeFrame(text, place.line, place.column);
  const message = `cannot be loaded: ${thrownText(error)}`;
  return new InputError([{ code: "BROKEN_SCRIPT", message, severity: "error", file, line, column, frame }]);
}

/** What the contract asks of a scheduler, in words; see docs/schedulers.md. */
const contract: readonly (readonly [field: keyof Scheduler, what: string, test: (value: unknown) => boolean])[] = [
  ["name", "a name in kebab-case", (value) => typeof value === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value)],
  ["summary", "a line of text", (value) => typeof value === "string"],
  ["source", "a line of text (paper or textbook)", (value) => typeof value === "string"],
  [
    "parameters",
    "a list of parameters (may be empty), each with name, kind (number, choice, boolean or text) and a default of that kind; a choice has choices, the default among them",
    isParameterList,
  ],
  ["create", "a function (platform, parameters) that returns a policy", (value) => typeof value === "function"],
];

function faultsOf(exported: unknown): string[] {
  if (exported === undefined) return ["has no default export; a scheduler file ends in `export default { … }`"];
  if (typeof exported !== "object" || exported === null) return ["its default export must be a scheduler object"];
  const fields = exported as Readonly<Record<string, unknown>>;
  return contract
    .filter(([field, , test]) => !test(fields[field]))
    .map(([field, what]) => `${fields[field] === undefined ? "lacks" : "has a wrong"} "${field}": ${what}`);
}

function isParameterList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isParameter);
}

function isParameter(value: unknown): boolean {
  const { kind, name, default: usual, choices } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof name !== "string") return false;
  if (kind === "choice") return Array.isArray(choices) && choices.includes(usual);
  if (kind === "text") return typeof usual === "string";
  return (kind === "number" || kind === "boolean") && typeof usual === kind;
}
