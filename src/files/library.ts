/** Resolves names to files and reads them, for the command line and for loaders. */
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Scheduler } from "../core/scheduler.ts";
import type { PreparedCosts } from "../cost/index.ts";
import { type CheckedValues, checkedKey, keepChecked } from "../input/checked-values.ts";
import { didYouMean } from "../input/closest.ts";
import type { FileStatus } from "../input/file-source.ts";
import { isPath } from "../input/is-path.ts";
import type { Problem } from "../input/problem.ts";
import { RequestError } from "../input/request-error.ts";
import { isCommand } from "../input/scheduler-command.ts";
import type { SchemaName } from "../input/schema-name.ts";
import type { BuiltInKind } from "../run/built-in-folders.ts";
import { bytesOf, type Caller, type FoundScheduler, noCaller, type RunFiles } from "../run/run-files.ts";
import { builtInPath, builtIns, checkedBuiltIn } from "./built-ins.ts";
import { commandIn, loadCommand, locatedCommand } from "./command-scheduler.ts";
import type { FileEvents, FoundFile } from "./file-events.ts";
import { type FileTree, thisMachine } from "./file-tree.ts";
import { packageFolder } from "./package-folder.ts";
import { preparedCosts } from "./prepared-costs.ts";
import { loadScheduler } from "./scheduler-file.ts";

const endings = [".yaml", ".yml"];

/** The files of one call of rtmm. */
export class Library implements RunFiles {
  readonly cwd: string;
  /** Path of a file that does not exist. Names on the command line are resolved as if this file contained them. */
  readonly commandLine: string;
  /** Warnings about all files loaded so far. */
  readonly warnings: Problem[] = [];
  /** What the files loaded so far say, but for built-in ones. Another library that starts with them need not parse them. */
  readonly checked: CheckedValues;
  readonly #hashes = new Map<string, string>();
  /** Schedulers by file or command, so that each is loaded once. */
  readonly #schedulers = new Map<string, Promise<FoundScheduler>>();
  readonly #tree: FileTree;
  readonly #caller: Caller;
  readonly #events: FileEvents;
  /** The caller's files by absolute path. */
  readonly #inMemory: ReadonlyMap<string, Uint8Array>;

  /** `cwd` is absolute. Paths are shown relative to it, and paths of the caller's files start there. */
  constructor(
    cwd: string,
    tree: FileTree = thisMachine,
    caller: Caller = noCaller,
    checked: CheckedValues = new Map(),
    events: FileEvents = {},
  ) {
    this.cwd = cwd;
    this.checked = checked;
    this.#events = events;
    this.#tree = tree;
    this.commandLine = join(cwd, "-");
    this.#caller = caller;
    const inMemory = Object.entries(caller.files);
    this.#inMemory = new Map(inMemory.map(([path, content]) => [this.absolute(path), bytesOf(content)]));
  }

  /** The file that a name on the command line means. Throws RequestError for an unknown name. */
  find(kind: BuiltInKind, name: string): string {
    const path = this.resolve(kind, name, this.commandLine);
    if (path !== undefined) return path;
    const hint = didYouMean(name, this.names(kind, this.commandLine));
    throw new RequestError(`unknown ${kind} "${name}"${hint || listHint(kind)}`);
  }

  /** A path on the command line. The file need not exist. */
  fileAt(path: string): string {
    return this.locate(path, this.commandLine);
  }

  resolve(kind: BuiltInKind, name: string, fromFile: string): string | undefined {
    const found = (path: string, rule: FoundFile["rule"]): string => {
      this.#events.found?.({ kind, name, path, rule, from: fromFile === this.commandLine ? undefined : fromFile });
      return path;
    };
    if (isPath(name)) return found(this.locate(name, fromFile), "path");
    const from = this.absolute(fromFile);
    const beside = endings
      .map((ending) => join(dirname(from), name + ending))
      .find((path) => this.#inMemory.has(path) || this.#exists(path));
    // A scenario that names a model of its own name must not find itself.
    if (beside !== undefined && beside !== from) return found(this.shown(beside), "beside");
    const path = this.#builtIn(kind, name);
    return path === undefined ? undefined : found(this.shown(path), "built-in");
  }

  /** `path` is absolute. */
  #exists(path: string): boolean {
    this.#events.asked?.(path);
    return existsSync(this.#tree.onDisk(path));
  }

  #builtIn(kind: BuiltInKind, name: string): string | undefined {
    const path = builtInPath(kind, name);
    return path === undefined ? undefined : join(this.#tree.packageFolder, relative(packageFolder, path));
  }

  locate(path: string, fromFile: string): string {
    return this.shown(resolve(dirname(this.absolute(fromFile)), path));
  }

  *names(kind: BuiltInKind, fromFile: string): Iterable<string> {
    for (const { name } of builtIns(kind)) yield name;
    for (const file of this.#filesIn(dirname(this.absolute(fromFile)))) {
      const ending = endings.find((each) => file.endsWith(each));
      if (ending !== undefined) yield file.slice(0, -ending.length);
    }
  }

  /** By name; `folder` is absolute. */
  #filesIn(folder: string): readonly string[] {
    const inMemory = [...this.#inMemory.keys()]
      .filter((path) => dirname(path) === folder)
      .map((path) => basename(path));
    const onDisk = this.#tree.onDisk(folder);
    return [...new Set([...inMemory, ...(existsSync(onDisk) ? readdirSync(onDisk) : [])])].sort();
  }

  status(path: string): FileStatus {
    const inMemory = this.#inMemory.get(this.absolute(path));
    if (inMemory !== undefined) return { kind: "file", bytes: inMemory.length };
    this.#events.asked?.(this.absolute(path));
    const stats = this.#stats(path);
    if (stats === undefined) return { kind: "missing" };
    if (stats instanceof Error) return { kind: "unreadable", reason: reasonOf(stats) };
    if (stats.isDirectory()) return { kind: "folder" };
    return stats.isFile() ? { kind: "file", bytes: stats.size } : { kind: "unreadable", reason: "not a regular file" };
  }

  #stats(path: string): Stats | Error | undefined {
    try {
      accessSync(this.onDisk(path), constants.R_OK);
      return statSync(this.onDisk(path));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === "ENOENT" || code === "ENOTDIR" ? undefined : (error as Error);
    }
  }

  read(path: string): Uint8Array {
    const bytes = this.#inMemory.get(this.absolute(path)) ?? this.#readOnDisk(path);
    this.#events.read?.(path, bytes);
    this.#hashes.set(path, createHash("sha256").update(bytes).digest("hex"));
    return bytes;
  }

  #readOnDisk(path: string): Uint8Array {
    this.#events.asked?.(this.absolute(path));
    return readFileSync(this.onDisk(path));
  }

  checkedValue(path: string, schema: SchemaName): unknown {
    const sha256 = this.sha256(path);
    return this.checked.get(checkedKey(schema, sha256)) ?? checkedBuiltIn(schema, sha256);
  }

  keepChecked(path: string, schema: SchemaName, value: unknown): void {
    keepChecked(this.checked, checkedKey(schema, this.sha256(path)), value);
  }

  preparedCosts(): PreparedCosts | undefined {
    return preparedCosts();
  }

  schedulerInMemory(name: string): Scheduler | undefined {
    const found = this.#caller.schedulers.find((scheduler) => scheduler.name === name);
    const rule = found === undefined ? "built-in" : "in memory";
    this.#events.found?.({ kind: "scheduler", name, path: undefined, rule, from: undefined });
    return found;
  }

  locateScheduler(name: string, fromFile: string): string {
    if (isCommand(name)) return locatedCommand(name, dirname(this.absolute(fromFile)), this);
    return isPath(name) ? this.locate(name, fromFile) : name;
  }

  /** A scheduler of the command line as a file in a folder names it. */
  schedulerIn(folder: string, name: string): string {
    return isCommand(name) ? commandIn(folder, name, this) : name;
  }

  schedulerAt(path: string): Promise<FoundScheduler> {
    this.#events.found?.({ kind: "scheduler", name: path, path, rule: "path", from: undefined });
    return this.#schedulerOnce(path, () => this.#load(path));
  }

  #load(path: string): Promise<FoundScheduler> {
    const load = () => loadScheduler(path, this);
    return this.#caller.loadPolicy?.(path, load) ?? load();
  }

  schedulerOf(command: string): Promise<FoundScheduler> {
    return this.#schedulerOnce(command, () => loadCommand(command, this.cwd, this));
  }

  #schedulerOnce(name: string, load: () => Promise<FoundScheduler>): Promise<FoundScheduler> {
    const known = this.#schedulers.get(name) ?? load();
    this.#schedulers.set(name, known);
    return known;
  }

  warn(problem: Problem): void {
    this.warnings.push(problem);
    this.#caller.warn?.(problem);
  }

  /** SHA-256 of the file's content as it was read, in hexadecimal digits. */
  sha256(path: string): string {
    if (!this.#hashes.has(path)) this.read(path);
    return this.#hashes.get(path)!;
  }

  /** Throws RequestError for a file that was read, by its absolute path or through a link: to write it would lose an input. */
  keepInput(path: string): void {
    const written = linkedPath(path);
    if (![...this.#hashes.keys()].some((read) => linkedPath(this.absolute(read)) === written)) return;
    throw new RequestError(`cannot write ${this.shown(path)}: this command reads it; name another file`);
  }

  absolute(path: string): string {
    return resolve(this.cwd, path);
  }

  /** Where the file is on this machine. The files of another machine are not at their own paths. */
  onDisk(path: string): string {
    return this.#tree.onDisk(this.absolute(path));
  }

  /** Relative to the current folder if the file is below it, else absolute. Equal files have equal paths. */
  shown(path: string): string {
    const fromCwd = relative(this.cwd, path);
    return fromCwd === "" || fromCwd.startsWith("..") || isAbsolute(fromCwd) ? path : fromCwd;
  }

  /** Replaces the package folder, so that the text is the same wherever rtmm is installed. */
  portable(text: string): string {
    return text.replaceAll(this.#tree.packageFolder, "built-in:").replaceAll(packageFolder, "built-in:");
  }

  /** A path that also leads to the file on another machine. */
  origin(path: string): { readonly from: "built-in" | "file"; readonly path: string } {
    const inPackage = relative(this.#tree.packageFolder, this.absolute(path)).split(sep);
    const isBuiltIn = inPackage[0] === "workloads" || inPackage[0] === "hardware";
    if (isBuiltIn) return { from: "built-in", path: inPackage.join("/") };
    return { from: "file", path: path.split(sep).join("/") };
  }
}

/** `rtmm list` does not list experiments and ranges, so the hint names them. */
const listHint = (kind: BuiltInKind): string =>
  kind === "experiment" || kind === "ranges"
    ? `; rtmm comes with: ${builtIns(kind)
        .map(({ name }) => name)
        .join(", ")}`
    : `; \`rtmm list ${kind}s\` shows them all`;

function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === "EACCES" ? "permission denied" : (code ?? error.message);
}

/** With links followed; a path without a file as it is. */
function linkedPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
