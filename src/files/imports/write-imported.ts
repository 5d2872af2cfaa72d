/** Writes the files of an import: all of them or none. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ImportedFile } from "../../import/index.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Library } from "../library.ts";
import { makeFolder, writable } from "../output-file.ts";

export type Overwrite = "refuse" | "allow";

/** Returns the paths written. Throws RequestError if a file exists already; then nothing is written. */
export function writeImported(
  imported: readonly ImportedFile[],
  folder: string,
  overwrite: Overwrite,
  library: Library,
): readonly string[] {
  const paths = imported.map(({ fileName }) => join(library.absolute(folder), fileName));
  checkPaths(paths, overwrite, library);
  makeFolder(library.absolute(folder));
  for (const [i, path] of paths.entries()) writable(library.shown(path), () => writeFileSync(path, imported[i]!.text));
  return paths.map((path) => library.shown(path));
}

function checkPaths(paths: readonly string[], overwrite: Overwrite, library: Library): void {
  const twin = paths.find((path, i) => paths.indexOf(path) !== i);
  if (twin !== undefined) {
    throw new RequestError(`two files would be written to ${library.shown(twin)}; import them into separate folders`);
  }
  const present = paths.filter((path) => existsSync(path));
  if (present.length === 0 || overwrite === "allow") return;
  const list = present.map((path) => library.shown(path)).join(", ");
  throw new RequestError(`these files exist, so nothing was written: ${list} (--force overwrites)`);
}
