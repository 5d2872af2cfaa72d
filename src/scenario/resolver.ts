/** What loaders need to follow the names in a file: built-ins and files, by the rules of docs/formats.md. */
import type { LoaderFiles } from "../input/file-source.ts";

export type FileKind = "model" | "scenario" | "system" | "suite";

export interface Resolver extends LoaderFiles {
  /**
   * The file that a name in `fromFile` means: with a `/` or an ending a path relative to that file (whether or not it
   * exists), else a file beside it, else a built-in; undefined if the name is none of these. Equal files have equal
   * paths, because models are shared by path. Messages show paths as they are.
   */
  resolve(kind: FileKind, name: string, fromFile: string): string | undefined;
  /** Candidates for a suggestion: built-ins and files beside `fromFile`. */
  names(kind: FileKind, fromFile: string): Iterable<string>;
}
