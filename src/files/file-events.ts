/** What a library tells of the files that it looks for, finds and reads. */
import type { BuiltInKind } from "../run/built-in-folders.ts";

export interface FileEvents {
  /** A name or path led to a file, which need not exist. */
  readonly found?: ((file: FoundFile) => void) | undefined;
  /** Somebody asked whether there is a file, or for its content. `path` is absolute. */
  readonly asked?: ((path: string) => void) | undefined;
  /** A file was read. `path` as messages show it. */
  readonly read?: ((path: string, bytes: Uint8Array) => void) | undefined;
}

export interface FoundFile {
  readonly kind: BuiltInKind | "scheduler";
  /** As it was written. */
  readonly name: string;
  /** As messages show it; undefined: it needs no file. */
  readonly path: string | undefined;
  /** Which of the rules led to it. `beside`: the file that contains the name; for the command line the current folder. */
  readonly rule: "path" | "beside" | "built-in" | "in memory";
  /** The file that contains the name; undefined: the command line. */
  readonly from: string | undefined;
}
