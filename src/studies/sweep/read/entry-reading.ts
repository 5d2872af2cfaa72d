/** What the readers of an experiment's entries share. */

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
  /** Of the experiment file; its names start from there. */
  readonly path: string;
  readonly workbench: Workbench<Library>;
  /** Every file that was read for an entry is noted there. */
  readonly inputs: InputSet;
  /** `points`: an entry is one variant. */
  readonly style: "grid" | "points";
  /** undefined: groups have the seeds of the file. */
  readonly precision: SeedPrecision | undefined;
  /** Found so far, by file and places. */
  readonly placeFaults: Map<string, PlaceFaults>;
}

/** An entry and where it stands; labels may still be those of others. */
export interface ReadEntry extends Entry {
  /** At the entry. */
  readonly report: Report;
  /** `suite`: a suite brought it in, so it may be named elsewhere, too. */
  readonly origin: "named" | "suite";
}

/** How files are called where a name would not do: the same in every folder and on every machine. */
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

/** One axis a key. Reports values given twice. `report`: at the mapping. */
export function axesOf(values: ValuesFile, report: Report, { style }: ReadingContext): readonly Axis[] {
  return Object.entries(values).map(([key, given]) => {
    const list: readonly unknown[] = Array.isArray(given) ? given : [given];
    if (style === "points" && list.length > 1)
      report.problem([key], "WRONG_LENGTH", `${quote(key)}: a point has one value; a list as a value is written [[…]]`);
    const seen = new Set<string>();
    for (const [index, value] of list.entries()) {
      const text = valueKey(value);
      if (seen.has(text)) report.problem([key, index], "DUPLICATE_ID", `${quote(key)} has this value already`);
      seen.add(text);
    }
    return { key, values: list };
  });
}

/** Equal for values that a table would show alike. */
export const valueKey = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** The file that a name means, of the first kind that has it; undefined after a problem at `place`. */
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

/** Hands problems of other files on; undefined after such. */
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
