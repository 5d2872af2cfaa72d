/** Reads the files to import. */
import type { SourceFile } from "../../import/index.ts";
import { withoutSeparatorLine } from "../../input/csv-records.ts";
import { readText, type TextFormat } from "../../input/file-source.ts";
import { ProblemList } from "../../input/problem-list.ts";
import type { Library } from "../library.ts";

/** In the order of the paths; `format` sets the largest size. Throws InputError with the problems of all files. */
export function readSources(
  paths: readonly string[],
  library: Library,
  format: TextFormat = "yaml",
): readonly SourceFile[] {
  const problems = new ProblemList();
  const sources = paths.map((path) => {
    const file = library.fileAt(path);
    return { file, text: withoutSeparatorLine(readText(file, library, problems, undefined, format) ?? "").text };
  });
  problems.finish();
  return sources;
}
