/** Loads a user's scheduler file. */
import { spawnSync } from "node:child_process";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Scheduler } from "../core/scheduler.ts";
import { codeFrame } from "../input/code-frame.ts";
import { readText } from "../input/file-source.ts";
import { InputError } from "../input/input-error.ts";
import { ProblemList } from "../input/problem-list.ts";
import { RequestError } from "../input/request-error.ts";
import type { InputFile } from "../records/run-result.ts";
import type { FoundScheduler } from "../run/run-files.ts";
import { faultsOf } from "../run/scheduler-faults.ts";
import { positionIn, positionOfError, type ScriptPosition, thrownText } from "../run/script-error.ts";
import { policyImports } from "./policy-imports.ts";
import type { ScriptFiles } from "./script-files.ts";

/** Throws RequestError for a file without a scheduler, InputError for a file that does not load. */
export async function loadScheduler(path: string, source: ScriptFiles): Promise<FoundScheduler> {
  refuseOthers(path, source);
  const { default: exported } = await imported(path, source);
  const faults = faultsOf(exported);
  if (faults.length > 0) throw new RequestError(faults.map((fault) => `${path}: ${fault}`).join("\n"));
  const { files } = await policyImports(path, source);
  return { scheduler: exported as Scheduler, origin: "file", files: files.map((file) => inputFile(file, source)) };
}

function refuseOthers(path: string, source: ScriptFiles): void {
  const { kind } = source.status(path);
  if (kind === "folder") throw new RequestError(`${path} is a folder, not a scheduler file`);
  if (kind !== "file") throw new RequestError(`there is no scheduler file ${path}`);
  if (path.endsWith(".py")) throw new RequestError(`${path} is a Python program; write -s 'exec:python3 ${path}'`);
  if (!/^(\.[cm]?[jt]s)?$/.test(extname(path)))
    throw new RequestError(
      `${path} is no scheduler file: its name must end in .js, .mjs, .cjs or .ts${/\.ya?ml$/.test(path) ? "; a file of rtmm tune goes to --params" : ""}`,
    );
}

const inputFile = (path: string, source: ScriptFiles): InputFile => ({
  role: "scheduler",
  ...source.origin(path),
  sha256: source.sha256(path),
});

async function imported(path: string, source: ScriptFiles): Promise<{ readonly default?: unknown }> {
  const problems = new ProblemList();
  const text = readText(path, source, problems);
  problems.finish();
  const onDisk = source.onDisk(path);
  try {
    return (await import(pathToFileURL(onDisk).href)) as { readonly default?: unknown };
  } catch (error) {
    const place = positionOfError(error, onDisk) ?? placeOfSyntaxError(error, onDisk);
    // Whoever waits for the file to be mended waits for what it imports, too: this reads them.
    await policyImports(path, source).catch(() => undefined);
    throw loadingError(error, path, text ?? "", place);
  }
}

function loadingError(error: unknown, file: string, text: string, place: ScriptPosition | undefined): InputError {
  const { line, column } = place ?? { line: undefined, column: undefined };
  const frame = place === undefined ? "" : codeFrame(text, place.line, place.column);
  const message = `cannot be loaded: ${isUnreadTypeScript(error, file) ? needsNewerNode : thrownText(error)}${moduleHint(error)}`;
  return new InputError([{ code: "BROKEN_SCRIPT", message, severity: "error", file, line, column, frame }]);
}

/** As `npm init` writes a package.json, Node takes its .js files for CommonJS. */
const moduleHint = (error: unknown): string =>
  error instanceof SyntaxError && /^(Unexpected token 'export'|Cannot use import statement)/.test(error.message)
    ? '; package.json beside or above it says "type": "commonjs": name the file .mjs, or write "module" there'
    : "";

const needsNewerNode = "TypeScript needs Node 22.18 or newer; compile the file to JavaScript for an older one";

const isUnreadTypeScript = (error: unknown, file: string): boolean =>
  /\.[cm]?ts$/.test(file) && error instanceof Error && "code" in error && error.code === "ERR_UNKNOWN_FILE_EXTENSION";

/** Node shows the position of a syntax error in a module only when it prints the error. */
function placeOfSyntaxError(error: unknown, path: string): ScriptPosition | undefined {
  if (!(error instanceof SyntaxError)) return undefined;
  const { stderr } = spawnSync(process.execPath, ["--check", path], { encoding: "utf8", timeout: 5000 });
  return positionIn(stderr ?? "", path);
}
