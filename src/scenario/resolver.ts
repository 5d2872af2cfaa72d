/** What loaders ask of their caller to follow the names in a file: built-ins and files, by the rules of docs/formats.md. */
import type { LoaderFiles } from "../input/file-source.ts";

export type FileKind = "model" | "scenario" | "system" | "suite";

export interface Resolver extends LoaderFiles {
  /**
   * The file that a name means where `fromFile` mentions it: with a `/` or an ending a path relative to that file
   * (whether or not it exists), else a file beside it, else a built-in; undefined for a name that is none of these.
   * Equal files have equal paths: models are shared by path. Paths are shown to the user as they are.
   */
  resolve(kind: FileKind, name: string, fromFile: string): string | undefined;
  /** Names that could have been meant: built-ins and files beside `fromFile`. */
  names(kind: FileKind, fromFile: string): Iterable<string>;
}
