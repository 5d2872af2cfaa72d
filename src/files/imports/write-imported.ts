/** Writes the files of an import: all of them or none. */
import { join } from "node:path";
import type { ImportedFile } from "../../import/index.ts";
import type { Library } from "../library.ts";
import { type WriteOptions, writeFiles } from "../write-files.ts";

/** Returns the paths written. Throws RequestError if a file exists already, or is a source; then nothing is written. */
export function writeImported(
  imported: readonly ImportedFile[],
  folder: string,
  present: WriteOptions["present"],
  library: Library,
): readonly string[] {
  // Even with --force: a source would be lost.
  for (const { fileName } of imported) library.keepInput(library.absolute(join(folder, fileName)));
  const files = imported.map(({ fileName, text }) => ({ path: fileName, text }));
  return writeFiles(files, { folder: library.absolute(folder), present, shown: library.shown.bind(library) });
}
