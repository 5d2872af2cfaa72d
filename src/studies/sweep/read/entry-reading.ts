/** Functions shared by the readers of an experiment's entries. */

import { dirname, relative, sep } from "node:path";
import type { Library } from "../../../files/library.ts";
import { didYouMean } from "../../../input/closest.ts";
import { InputError } from "../../../input/input-error.ts";
import { isPath } from "../../../input/is-path.ts";
import type { Path } from "../../../input/parsed-file.ts";
import { quote } from "../../../input/quote.ts";
import type { Report } from "../../../input/report.ts";
import type { BuiltInKind } from "../../../run/built-in-folders.ts";
import type { Workbench } from "../../../run/workbench.ts";
import type { ValuesFile } from "./experiment-file.ts";
import type { InputSet } from "./input-set.ts";
import type { PlaceFaults } from "./place-checks.ts";
import type { SeedPrecision } from "./seed-precision.ts";
import type { Axis, Entry } from "./variants.ts";

export interface ReadingContext {
  /** Path of the experiment file. Paths in it are relative to its folder. */
  readonly path: string;
  readonly workbench: Workbench<Library>;
  /** Collects every file that an entry reads. */
  readonly inputs: InputSet;
  /** `points`: an entry has exactly one variant. */
  readonly style: "grid" | "points";
  /** undefined: groups have the seeds of the file. */
  readonly precision: SeedPrecision | undefined;
  /** Faults found so far, by file and places. */
  readonly placeFaults: Map<string, PlaceFaults>;
}

/** An entry with its location in the file. Its label may not be unique yet. */
export interface ReadEntry extends Entry {
  /** Reports problems at the entry. */
  readonly report: Report;
  /** `suite`: the entry comes from a suite, so the file may name it again elsewhere. */
  readonly origin: "named" | "suite";
}

/** Names files unambiguously, and the same in every folder and on every machine. */
export const nameOfTarget =
  ({ path: experiment, workbench: { files: library } }: Pick<ReadingContext, "path" | "workbench">) =>
  (target: string): string => {
    if (!isPath(target)) return target;
    const origin = library.origin(library.fileAt(target));
    if (origin.from === "built-in") return `rtmm/${origin.path}`;
    return relative(dirname(library.absolute(experiment)), library.absolute(target))
      .split(sep)
      .join("/");
  };

/** One axis per key. Reports duplicate values. `report`: at the mapping. */
export function axesOf(values: ValuesFile, report: Report, { style }: ReadingContext): readonly Axis[] {
  return Object.entries(values).map(([key, given]) => {
    const list: readonly unknown[] = Array.isArray(given) ? given : [given];
    if (style === "points" && list.length > 1)
      report.problem(
        [key],
        "WRONG_LENGTH",
        `${quote(key)} has ${list.length} values, but a point has one; if the value is a list, write [[…]]`,
      );
    const seen = new Set<string>();
    for (const [index, value] of list.entries()) {
      const text = valueKey(value);
      if (seen.has(text)) report.problem([key, index], "DUPLICATE_ID", `${quote(key)} has this value already`);
      seen.add(text);
    }
    return { key, values: list };
  });
}

/** Equal for values that look the same in a table. */
export const valueKey = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** The file that a name refers to, of the first kind that has the name; undefined after a problem at `place`. */
export function namedFile(
  kinds: readonly BuiltInKind[],
  name: string,
  place: Path,
  report: Report,
  { path: fromFile, workbench: { files: library } }: ReadingContext,
): string | undefined {
  const [path] = kinds.flatMap((kind) => library.resolve(kind, name, fromFile) ?? []);
  if (path === undefined) {
    const known = kinds.flatMap((kind) => [...library.names(kind, fromFile)]);
    const hint = didYouMean(name, known) || `; \`rtmm list ${kinds[0]}s\` shows them all`;
    report.problem(place, "UNKNOWN_NAME", `unknown ${kinds.join(" or ")} ${quote(name)}${hint}`);
    return undefined;
  }
  const { kind } = library.status(path);
  if (kind === "file") return path;
  const message = kind === "missing" ? `there is no file ${path}` : `${path} is not a file that can be read`;
  report.problem(place, kind === "missing" ? "MISSING_FILE" : "CANNOT_READ", message);
  return undefined;
}

/** Adds the problems of the loaded file to the report's; undefined if there are any. */
export async function loadedFile<Value>(
  load: () => Value | Promise<Value>,
  { problems }: Report,
): Promise<Value | undefined> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const problem of error.problems) problems.add(problem);
    return undefined;
  }
}
