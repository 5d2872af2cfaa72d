/** Values that take the place of a YAML file's own, checked as if they stood in it. */
import { didYouMean } from "./closest.ts";
import { quote } from "./quote.ts";
import type { Path, YamlFile } from "./yaml-document.ts";

/**
 * Values by place: keys joined by dots, list entries by index, id or name, as in `accelerators[0].pes` or `tasks.ht.fps`;
 * keys, ids and names with dots in brackets, as in `tasks[left.eye].fps`. null takes a field away.
 */
export type Overrides = Readonly<Record<string, unknown>>;

/** Keys, ids and indexes of a place; undefined for text that is none. */
export function parsePlace(text: string): Path | undefined {
  const steps = [...text.matchAll(/(?:^|(?!^)\.)([^.[\]\s]+)|\[(\d+)\]|\[([^[\]]+)\]/gy)];
  const length = steps.reduce((sum, [matched]) => sum + matched.length, 0);
  if (steps.length === 0 || length < text.length) return undefined;
  return steps.map(([, key, index, inBrackets]) => key ?? inBrackets ?? Number(index));
}

export interface Overridden {
  readonly file: YamlFile;
  /** Overrides that found no place, each with the reason. */
  readonly lost: readonly string[];
  /** How far each of these goes in the file. */
  readonly lostAt: readonly Path[];
  /** By keys and indexes, where the others found theirs. */
  readonly setAt: readonly Path[];
}

/** The file with other values; problems with them say so and point at where they would stand. */
export function overridden(file: YamlFile, overrides: Overrides): Overridden {
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
  const problem: YamlFile["problem"] = (path, side, code, message, severity) => {
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

/** Whether one place is at, in or around the other. */
const touches = (a: Path, b: Path): boolean =>
  a.slice(0, b.length).every((step, depth) => String(step) === String(b[depth]));

/** A place by keys and indexes; where it cannot be, as far as it goes, and why. */
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
        return { path, refused: "null takes fields away, not entries of a list" };
    } else {
      const refused = refusedField(container, step);
      if (refused !== undefined) return { path, refused };
      path.push(step);
    }
    container = inside(container, path.at(-1)!);
  }
  return { path };
}

/** Of each entry of a list its id, or name where it has no id. */
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
  if (!isNothing && typeof container !== "object") return `there is nothing in which ${quote(step)} could be`;
  return typeof step === "number" ? `[${step}] is of a list, and there is none` : undefined;
}

const inside = (container: unknown, step: string | number): unknown =>
  typeof container === "object" && container !== null && Object.hasOwn(container, step)
    ? (container as Readonly<Record<string | number, unknown>>)[step]
    : undefined;

/** Only what lies on the way is copied: aliases share the rest. */
function withValue(container: unknown, [step, ...rest]: Path, given: unknown): unknown {
  if (step === undefined) return given;
  const value = withValue(inside(container, step), rest, given);
  if (Array.isArray(container)) return container.with(Number(step), value);
  const fields = { ...(container as Record<string, unknown> | null | undefined) };
  // Defined, not assigned: a key named __proto__ stays a key.
  Object.defineProperty(fields, step, { value, enumerable: true, writable: true, configurable: true });
  if (value === null) delete fields[step];
  return fields;
}
