/** Reads a JSON file; what it should be is checked afterwards, by `checkSchema`. */
import { type FileSource, readText } from "./file-source.ts";
import { parseJson } from "./json-document.ts";
import type { ProblemList } from "./problem-list.ts";
import { Report } from "./report.ts";

/** Undefined after problems with the file as a whole. */
export function readJson(path: string, source: FileSource, problems: ProblemList): Report | undefined {
  const text = readText(path, source, problems, undefined, "json");
  const file = text === undefined ? undefined : parseJson(path, text, problems);
  return file && new Report(file, problems);
}
