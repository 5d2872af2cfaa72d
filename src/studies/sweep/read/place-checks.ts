/** Finds overrides whose place a file cannot have, regardless of the value. */

import type { Library } from "../../../files/library.ts";
import { readText } from "../../../input/file-source.ts";
import { overridden, parsePlace } from "../../../input/overrides.ts";
import type { ParsedFile, Path } from "../../../input/parsed-file.ts";
import type { ProblemCode } from "../../../input/problem.ts";
import { ProblemList } from "../../../input/problem-list.ts";
import { quote } from "../../../input/quote.ts";
import { Report } from "../../../input/report.ts";
import { checkSchema } from "../../../input/schema-check.ts";
import { parseYaml } from "../../../input/yaml-document.ts";
import type { Axis } from "./variants.ts";

/** Keyed by place. */
export type PlaceFaults = ReadonlyMap<string, PlaceFault>;

export interface PlaceFault {
  readonly code: ProblemCode;
  readonly message: string;
}

/** The places among `axes` that the file cannot have. The file must load. */
export function placeFaults(
  kind: "scenario" | "system",
  path: string,
  axes: readonly Axis[],
  library: Library,
): PlaceFaults {
  const faults = new Map<string, PlaceFault>();
  const ignored = new ProblemList();
  let file = parseYaml(path, readText(path, library, ignored) ?? "", ignored);
  for (const { key, values } of axes) {
    if (file === undefined) break;
    const fault = placeFault(kind, file, key, values[0]);
    if (fault !== undefined) faults.set(key, fault);
    // An earlier override may create what a later place is in.
    else file = overridden(file, { [key]: values[0] }).file;
  }
  return faults;
}

function placeFault(
  kind: "scenario" | "system",
  file: ParsedFile,
  place: string,
  value: unknown,
): PlaceFault | undefined {
  // null would remove the field before its name is checked.
  const set = overridden(file, { [place]: value ?? 0 });
  const [lost] = set.lost;
  if (lost !== undefined) return { code: parsePlace(place) === undefined ? "BAD_NAME" : "UNKNOWN_NAME", message: lost };
  const unknown = unknownKeyOnTheWay(kind, set.file.value, set.setAt[0]!);
  if (unknown === undefined) return undefined;
  return { code: "UNKNOWN_KEY", message: `cannot set ${quote(place)}: ${unknown}` };
}

/** The schema's message about an unknown key at the place or on the way to it. */
function unknownKeyOnTheWay(kind: "scenario" | "system", value: unknown, place: Path): string | undefined {
  let found: string | undefined;
  const ignored = new ProblemList();
  const problem: ParsedFile["problem"] = (path, _side, code, message) => {
    if (code === "UNKNOWN_KEY" && path.every((step, depth) => String(step) === String(place[depth]))) found ??= message;
    return { code, message, severity: "error", file: "", line: undefined, column: undefined, frame: "" };
  };
  checkSchema(value, kind, new Report({ value, problem }, ignored));
  return found;
}
