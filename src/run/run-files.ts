/** The interface through which a run reads files: on a machine (`files/`) or only in memory (`request/`). */
import type { Scheduler } from "../core/scheduler.ts";
import type { PreparedCosts } from "../cost/index.ts";
import type { Problem } from "../input/problem.ts";
import type { InputFile } from "../records/run-result.ts";
import type { FileKind, Resolver } from "../scenario/resolver.ts";

export interface RunFiles extends Resolver {
  /** Path of a file that does not exist. Names on the command line are resolved as if this file contained them. */
  readonly commandLine: string;
  /** The file that a name on the command line means. Throws RequestError for an unknown name. */
  find(kind: FileKind, name: string): string;
  /** Identifies a file so that it can be found again on another machine. */
  origin(path: string): Pick<InputFile, "from" | "path">;
  /** SHA-256 of the file's content as it was read, in hexadecimal digits. */
  sha256(path: string): string;
  /** The scheduler of this name that the calling program has in memory; undefined: none. */
  schedulerInMemory(name: string): Scheduler | undefined;
  /** A scheduler that a file names, as the command line names it: its path, its command, or its name. */
  locateScheduler(name: string, fromFile: string): string;
  /** Starts a scheduler that is a command. Throws RequestError. */
  schedulerOf(command: string): Promise<FoundScheduler>;
  /** Costs that came with rtmm. By default, there are none. */
  preparedCosts?(): PreparedCosts | undefined;
  /** Loads a user's scheduler file; `path` as `locate` gives it. Throws InputError or RequestError. */
  schedulerAt(path: string): Promise<FoundScheduler>;
}

/** Content of files in memory by path. Text is UTF-8. */
export type FilesInMemory = Readonly<Record<string, string | Uint8Array>>;

/** Files and schedulers that a calling program adds. */
export interface Caller {
  /** They hide files on disk. */
  readonly files: FilesInMemory;
  /** Schedulers in memory. They hide built-in ones of the same name. */
  readonly schedulers: readonly Scheduler[];
  /** Receives warnings about files. */
  readonly warn?: ((problem: Problem) => void) | undefined;
  /** Loads the user's policies. By default, they may take as long as they like. */
  readonly loadPolicy?: LoadPolicy | undefined;
}

/** Loads a policy from a file, whose top level may run any code. Rejects if that takes too long. */
export type LoadPolicy = <Loaded>(path: string, load: () => Promise<Loaded>) => Promise<Loaded>;

/** Text is UTF-8. */
export const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === "string" ? new TextEncoder().encode(content) : content;

export const noCaller: Caller = { files: {}, schedulers: [] };

/** `memory`: the calling program gave it. `command`: a process of its own decides. */
export type SchedulerOrigin = "built-in" | "memory" | "file" | "command";

export interface FoundScheduler {
  readonly scheduler: Scheduler;
  readonly origin: SchedulerOrigin;
  /** The user's file first, then what it imports by path; empty: built-in or in memory. */
  readonly files: readonly InputFile[];
}
