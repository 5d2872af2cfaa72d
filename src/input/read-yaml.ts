/** Reads a YAML file and checks it against its schema. */
import { kindText, otherKind } from "./file-kind.ts";
import { type FileSource, type ReportPlace, readText } from "./file-source.ts";
import { type Overrides, overridden } from "./overrides.ts";
import type { ParsedFile } from "./parsed-file.ts";
import { ProblemList } from "./problem-list.ts";
import { Report } from "./report.ts";
import { checkSchema, passesSchema } from "./schema-check.ts";
import type { YamlSchemaName } from "./schema-name.ts";
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
  schema: YamlSchemaName,
  source: FileSource,
  problems: ProblemList,
  { namedAt, overrides = {} }: ReadOptions = {},
): CheckedFile | undefined {
  const text = readText(path, source, problems, namedAt);
  if (text === undefined) return undefined;
  const known = source.checkedValue?.(path, schema);
  const parsed = known === undefined ? parseYaml(path, text, problems) : parsedLater(path, text, known);
  if (parsed === undefined) return undefined;
  const { file, lost, lostAt } = overridden(parsed, overrides);
  for (const [i, message] of lost.entries()) problems.add(parsed.problem(lostAt[i]!, "key", "UNKNOWN_NAME", message));
  const report = new Report(file, problems);
  if (file.value !== known) {
    if (isOfOtherKind(file.value, schema, report)) return undefined;
    const errors = problems.errorCount;
    checkSchema(file.value, schema, report);
    if (file.value === parsed.value && problems.errorCount === errors) source.keepChecked?.(path, schema, file.value);
  }
  return { value: file.value, report };
}

/** Reports a file of another kind as one problem, in place of one for each key. */
function isOfOtherKind(value: unknown, schema: YamlSchemaName, report: Report): boolean {
  const other = otherKind(value, schema);
  if (other === undefined || passesSchema(value, schema)) return false;
  const message = `the file is ${kindText[other.kind]}, not ${kindText[schema]}`;
  report.problem([other.key], "WRONG_TYPE", message, "key");
  return true;
}

/** A file whose value is known: its text is parsed only to find the place of a problem. */
function parsedLater(path: string, text: string, value: unknown): ParsedFile {
  let parsed: ParsedFile | undefined;
  return {
    value,
    problem(...parts) {
      parsed ??= parseYaml(path, text, new ProblemList())!;
      return parsed.problem(...parts);
    },
  };
}
