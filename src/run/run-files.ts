/** What a run reads through. `files/` implements it on a machine; a browser keeps its files in memory. */
import type { Scheduler } from "../core/scheduler.ts";
import type { InputFile } from "../records/run-result.ts";
import type { FileKind, Resolver } from "../scenario/resolver.ts";

export interface RunFiles extends Resolver {
  /** Names on the command line mean what they would mean in this file, which does not exist. */
  readonly commandLine: string;
  /** The file that a name on the command line means. Throws RequestError for an unknown name. */
  find(kind: FileKind, name: string): string;
  /** Where a file is found again on another machine. */
  origin(path: string): Pick<InputFile, "from" | "path">;
  /** Of a file as it was read; in hexadecimal digits. */
  sha256(path: string): string;
  /** Loads a user's scheduler file; `path` as `locate` gives it. Throws InputError or RequestError. */
  schedulerAt(path: string): Promise<FoundScheduler>;
}

export interface FoundScheduler {
  readonly scheduler: Scheduler;
  /** The user's file first, then what it imports by path; empty: built-in. */
  readonly files: readonly InputFile[];
}
