/** Reads a YAML file and checks it against its schema. */
import { type FileSource, type ReportPlace, readText } from "./file-source.ts";
import type { ProblemList } from "./problem-list.ts";
import { Report } from "./report.ts";
import { checkSchema, type SchemaName } from "./schema-check.ts";
import { parseYaml } from "./yaml-document.ts";

export interface CheckedFile {
  readonly value: unknown;
  /** Tells which parts of the value the schema found sound. */
  readonly report: Report;
}

/** Undefined after problems with the file as a whole; `namedAt` is where a file that cannot be opened is reported. */
export function readYaml(
  path: string,
  schema: SchemaName,
  source: FileSource,
  problems: ProblemList,
  namedAt?: ReportPlace,
): CheckedFile | undefined {
  const text = readText(path, source, problems, namedAt);
  const file = text === undefined ? undefined : parseYaml(path, text, problems);
  if (file === undefined) return undefined;
  const report = new Report(file, problems);
  checkSchema(file.value, schema, report);
  return { value: file.value, report };
}
