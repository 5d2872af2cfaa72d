/** Values that override those of a YAML file, checked as if the file contained them. */
import { didYouMean } from "./closest.ts";
import type { ParsedFile, Path } from "./parsed-file.ts";
import { quote } from "./quote.ts";

/**
 * Values by place: keys joined by dots, and list entries by index, id or name, as in `accelerators[0].pes` or
 * `tasks.ht.fps`. Brackets enclose keys, ids and names with dots, as in `tasks[left.eye].fps`. null removes a field.
 */
export type Overrides = Readonly<Record<string, unknown>>;

/** Keys, ids and indexes of a place; undefined if the text is not a place. */
export function parsePlace(text: string): Path | undefined {
  const steps = [...text.matchAll(/(?:^|(?!^)\.)([^.[\]\s]+)|\[(\d+)\]|\[([^[\]]+)\]/gy)];
  const length = steps.reduce((sum, [matched]) => sum + matched.length, 0);
  if (steps.length === 0 || length < text.length) return undefined;
  return steps.map(([, key, index, inBrackets]) => key ?? inBrackets ?? Number(index));
}

export interface Overridden {
  readonly file: ParsedFile;
  /** Overrides whose place does not exist, each with the reason. */
  readonly lost: readonly string[];
  /** For each of these, the part of its place that exists. */
  readonly lostAt: readonly Path[];
  /** By keys and indexes, the places of the other overrides. */
  readonly setAt: readonly Path[];
}

/** The file with other values. Problems with these name the override, and point at its position in the file. */
export function overridden(file: ParsedFile, overrides: Overrides): Overridden {
  let { value } = file;
  const lost: string[] = [];
  const lostAt: Path[] = [];
  const set: { readonly path: Path; readonly text: string }[] = [];
  for (const [place, given] of Object.entries(overrides)) {
    const steps = parsePlace(place);
    const found = steps === undefined ? notAPlace : resolved(value, steps, given);
    if (found.refused !== undefined) {
      lost.push(`cannot set ${quote(place)}: ${found.refused}`);
      lostAt.push(found.path);
      continue;
    }
    if (given === null && found.path.reduce(inside, value) === undefined) continue;
    value = withValue(value, found.path, given);
    set.push({ path: found.path, text: `${place}=${shortened(given)}` });
  }
  const problem: ParsedFile["problem"] = (path, side, code, message, severity) => {
    const texts = set.filter((each) => touches(each.path, path)).map(({ text }) => text);
    return file.problem(
      path,
      side,
      code,
      texts.length === 0 ? message : `${message} (with ${texts.join(", ")})`,
      severity,
    );
  };
  return { file: { value, problem }, lost, lostAt, setAt: set.map(({ path }) => path) };
}

function shortened(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? "nothing");
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Whether one path is equal to, inside or around the other. */
const touches = (a: Path, b: Path): boolean =>
  a.slice(0, b.length).every((step, depth) => String(step) === String(b[depth]));

/** A place by keys and indexes; if it is refused, the part that exists, and the reason. */
interface Resolved {
  readonly path: Path;
  readonly refused?: string;
}

const notAPlace: Resolved = { path: [], refused: "it is not a place such as accelerators[0].pes" };

function resolved(top: unknown, steps: Path, given: unknown): Resolved {
  const path: (string | number)[] = [];
  let container = top;
  for (const [depth, step] of steps.entries()) {
    if (Array.isArray(container)) {
      const index = typeof step === "number" ? step : namesIn(container).indexOf(step);
      const refused = refusedEntry(container, step, index);
      if (refused !== undefined) return { path, refused };
      path.push(index);
      if (depth === steps.length - 1 && given === null)
        return { path, refused: "null removes fields, not entries of a list" };
    } else {
      const refused = refusedField(container, step);
      if (refused !== undefined) return { path, refused };
      path.push(step);
    }
    container = inside(container, path.at(-1)!);
  }
  return { path };
}

/** The id of each entry of a list, or its name if it has no id. */
const namesIn = (list: readonly unknown[]): unknown[] =>
  list.map((entry) => {
    const { id, name } = (entry ?? {}) as { readonly id?: unknown; readonly name?: unknown };
    return id ?? name;
  });

function refusedEntry(list: readonly unknown[], step: string | number, index: number): string | undefined {
  if (index < 0 && /^\d+$/.test(String(step))) return `write [${step}] for an entry's index`;
  if (index < 0) {
    const names = namesIn(list).filter((name) => typeof name === "string");
    return `no entry has the ${names.length === 0 ? "index" : "id or name"} ${quote(step)}${didYouMean(String(step), names)}`;
  }
  if (index < list.length) return undefined;
  return list.length === 0 ? "the list is empty" : `the last entry of the list is [${list.length - 1}]`;
}

function refusedField(container: unknown, step: string | number): string | undefined {
  const isNothing = container === undefined || container === null;
  if (!isNothing && typeof container !== "object") return `there is no mapping that could contain ${quote(step)}`;
  return typeof step === "number" ? `[${step}] needs a list, and there is none` : undefined;
}

const inside = (container: unknown, step: string | number): unknown =>
  typeof container === "object" && container !== null && Object.hasOwn(container, step)
    ? (container as Readonly<Record<string | number, unknown>>)[step]
    : undefined;

/** Copies only what lies on the path; aliases share the rest. */
function withValue(container: unknown, [step, ...rest]: Path, given: unknown): unknown {
  if (step === undefined) return given;
  const value = withValue(inside(container, step), rest, given);
  if (Array.isArray(container)) return container.with(Number(step), value);
  const fields = { ...(container as Record<string, unknown> | null | undefined) };
  // Defined, not assigned, so that a key named __proto__ stays a key.
  Object.defineProperty(fields, step, { value, enumerable: true, writable: true, configurable: true });
  if (value === null) delete fields[step];
  return fields;
}
