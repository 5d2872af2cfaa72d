/** Reads a YAML file and checks it against its schema. */
import { type FileSource, type ReportPlace, readText } from "./file-source.ts";
import { type Overrides, overridden } from "./overrides.ts";
import type { ProblemList } from "./problem-list.ts";
import { Report } from "./report.ts";
import { checkSchema, type SchemaName } from "./schema-check.ts";
import { parseYaml } from "./yaml-document.ts";

export interface CheckedFile {
  readonly value: unknown;
  /** Says which parts of the value passed the schema. */
  readonly report: Report;
}

export interface ReadOptions {
  /** Where to report a file that cannot be opened; by default at the file itself. */
  readonly namedAt?: ReportPlace | undefined;
  /** None by default. */
  readonly overrides?: Overrides | undefined;
}

/** Undefined after problems with the file as a whole. */
export function readYaml(
  path: string,
  schema: SchemaName,
  source: FileSource,
  problems: ProblemList,
  { namedAt, overrides = {} }: ReadOptions = {},
): CheckedFile | undefined {
  const text = readText(path, source, problems, namedAt);
  const parsed = text === undefined ? undefined : parseYaml(path, text, problems);
  if (parsed === undefined) return undefined;
  const { file, lost, lostAt } = overridden(parsed, overrides);
  for (const [i, message] of lost.entries()) problems.add(parsed.problem(lostAt[i]!, "key", "UNKNOWN_NAME", message));
  const report = new Report(file, problems);
  checkSchema(file.value, schema, report);
  return { value: file.value, report };
}
