/** Files that are in memory alone, as in a browser. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Scheduler } from "../core/scheduler.ts";
import { didYouMean } from "../input/closest.ts";
import type { FileStatus } from "../input/file-source.ts";
import { isPath } from "../input/is-path.ts";
import type { Problem } from "../input/problem.ts";
import { RequestError } from "../input/request-error.ts";
import type { InputFile } from "../records/run-result.ts";
import { builtInFolders } from "../run/built-in-folders.ts";
import { bytesOf, type Caller, type FilesInMemory, type FoundScheduler, type RunFiles } from "../run/run-files.ts";
import type { FileKind } from "../scenario/resolver.ts";

const endings = [".yaml", ".yml"];

/** Paths of files that come with rtmm begin with it: they are no user's. */
const BUILT_IN = "built-in:/";

/** Which of the files that come with rtmm there are. */
export interface BuiltInFiles {
  /** Files that come with rtmm, by their path in its package: `builtIns` of `rtmm/built-ins`, or those that are needed. */
  readonly builtIns?: FilesInMemory | undefined;
}

export class MemoryFiles implements RunFiles {
  readonly commandLine = "-";
  readonly #files: ReadonlyMap<string, Uint8Array>;
  readonly #caller: Caller;

  /** See `BuiltInFiles`; such a path is `hardware/hda-2-ws-os-4k.yaml`. */
  constructor(caller: Caller, builtIns: FilesInMemory = {}) {
    const own = Object.entries(caller.files).map(([path, content]) => [plain(path), bytesOf(content)] as const);
    const given = Object.entries(builtIns).map(([path, content]) => [BUILT_IN + path, bytesOf(content)] as const);
    this.#files = new Map([...own, ...given]);
    this.#caller = caller;
  }

  find(kind: FileKind, name: string): string {
    const path = this.resolve(kind, name, this.commandLine);
    if (path !== undefined) return path;
    throw new RequestError(`unknown ${kind} "${name}"${didYouMean(name, this.names(kind, this.commandLine))}`);
  }

  resolve(kind: FileKind, name: string, fromFile: string): string | undefined {
    if (isPath(name)) return this.locate(name, fromFile);
    const beside = endings.map((ending) => this.locate(name + ending, fromFile)).find((path) => this.#files.has(path));
    // A scenario named like its model must not be taken for it.
    if (beside !== undefined && beside !== fromFile) return beside;
    const builtIn = `${BUILT_IN}${builtInFolders[kind]}/${name}.yaml`;
    return this.#files.has(builtIn) ? builtIn : undefined;
  }

  locate(path: string, fromFile: string): string {
    return plain(path.startsWith("/") ? path : folderOf(fromFile) + path);
  }

  *names(kind: FileKind, fromFile: string): Iterable<string> {
    for (const folder of [`${BUILT_IN}${builtInFolders[kind]}/`, folderOf(fromFile)]) {
      for (const path of this.#files.keys()) {
        const ending = endings.find((each) => path.endsWith(each));
        if (ending !== undefined && folderOf(path) === folder) yield path.slice(folder.length, -ending.length);
      }
    }
  }

  status(path: string): FileStatus {
    const content = this.#files.get(path);
    return content === undefined ? { kind: "missing" } : { kind: "file", bytes: content.length };
  }

  read(path: string): Uint8Array {
    return this.#files.get(path)!;
  }

  sha256(path: string): string {
    return bytesToHex(sha256(this.read(path)));
  }

  origin(path: string): Pick<InputFile, "from" | "path"> {
    if (path.startsWith(BUILT_IN)) return { from: "built-in", path: path.slice(BUILT_IN.length) };
    return { from: "file", path };
  }

  schedulerInMemory(name: string): Scheduler | undefined {
    return this.#caller.schedulers.find((scheduler) => scheduler.name === name);
  }

  locateScheduler(name: string, fromFile: string): string {
    return isPath(name) ? this.locate(name, fromFile) : name;
  }

  async schedulerOf(command: string): Promise<FoundScheduler> {
    throw new RequestError(`${command}: no process can be started here; give the scheduler itself`);
  }

  async schedulerAt(path: string): Promise<FoundScheduler> {
    throw new RequestError(`there is no scheduler file ${path}: in memory a scheduler is given itself, not by a path`);
  }

  warn(problem: Problem): void {
    this.#caller.warn?.(problem);
  }
}

/** With the `/` at its end; empty: the top. */
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** Without `.` and `..`, so that equal files have equal paths. */
function plain(path: string): string {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    const last = steps.at(-1);
    if (step === ".") continue;
    if (step === ".." && last !== undefined && last !== ".." && last !== "" && last !== "built-in:") steps.pop();
    else steps.push(step);
  }
  return steps.join("/");
}
