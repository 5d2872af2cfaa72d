/** Values that take the place of a YAML file's own, checked as if they stood in it. */
import { didYouMean } from "./closest.ts";
import { quote } from "./quote.ts";
import type { Path, YamlFile } from "./yaml-document.ts";

/**
 * Values by place: keys joined by dots, list entries by index or id, as in `accelerators[0].pes` or
 * `tasks.ht.fps`. null takes a field away.
 */
export type Overrides = Readonly<Record<string, unknown>>;

/** Keys, ids and indexes of a place; undefined for text that is none. */
export function parsePlace(text: string): Path | undefined {
  const steps = [...text.matchAll(/(?:^|\.)([^.[\]\s]+)|\[(\d+)\]/gy)];
  const length = steps.reduce((sum, [matched]) => sum + matched.length, 0);
  if (steps.length === 0 || length < text.length) return undefined;
  return steps.map(([, key, index]) => key ?? Number(index));
}

export interface Overridden {
  readonly file: YamlFile;
  /** Overrides that found no place, each with the reason. */
  readonly lost: readonly string[];
}

/** The file with other values; problems with them say so and point at where they would stand. */
export function overridden(file: YamlFile, overrides: Overrides): Overridden {
  let { value } = file;
  const lost: string[] = [];
  const places: { readonly path: Path; readonly text: string }[] = [];
  for (const [place, given] of Object.entries(overrides)) {
    const set = withValue(value, parsePlace(place) ?? [], given);
    if (typeof set === "string") {
      lost.push(`cannot set ${quote(place)}: ${set}`);
      continue;
    }
    value = set.value;
    places.push({ path: set.path, text: `${place}=${JSON.stringify(given)}` });
  }
  const problem: YamlFile["problem"] = (path, side, code, message, severity) => {
    const set = places.filter((each) => touches(each.path, path)).map(({ text }) => text);
    return file.problem(path, side, code, set.length === 0 ? message : `${message} (with ${set.join(", ")})`, severity);
  };
  return { file: { value, problem }, lost };
}

/** Whether one place is at, in or around the other. */
const touches = (a: Path, b: Path): boolean =>
  a.slice(0, b.length).every((step, depth) => String(step) === String(b[depth]));

/** Only what lies on the way is copied: aliases share the rest. A reason where the way ends too soon. */
function withValue(
  container: unknown,
  [step, ...rest]: Path,
  given: unknown,
): { readonly value: unknown; readonly path: Path } | string {
  if (step === undefined) return "it is not a place such as accelerators[0].pes";
  if (Array.isArray(container)) return withEntry(container, step, rest, given);
  if (typeof container !== "object" && container !== undefined)
    return `there is nothing in which ${quote(step)} could be`;
  if (typeof step === "number") return `[${step}] is of a list, and there is none`;
  const fields = { ...(container as Record<string, unknown> | null) };
  const inner = rest.length === 0 ? { value: given, path: [] } : withValue(fields[step] ?? undefined, rest, given);
  if (typeof inner === "string") return inner;
  // Defined, not assigned: a key named __proto__ stays a key.
  Object.defineProperty(fields, step, { value: inner.value, enumerable: true, writable: true, configurable: true });
  if (inner.value === null) delete fields[step];
  return { value: fields, path: [step, ...inner.path] };
}

function withEntry(list: readonly unknown[], step: string | number, rest: Path, given: unknown) {
  const ids = list.map((entry) => (entry as { id?: unknown; name?: unknown } | null)?.id);
  const index = typeof step === "number" ? step : ids.indexOf(step);
  if (index < 0)
    return `no entry has the id ${quote(step)}${didYouMean(
      String(step),
      ids.filter((id) => typeof id === "string"),
    )}`;
  if (index >= list.length) return `the list has ${list.length} entries, the last one is [${list.length - 1}]`;
  const inner = rest.length === 0 ? { value: given, path: [] } : withValue(list[index], rest, given);
  if (typeof inner === "string") return inner;
  return { value: list.with(index, inner.value), path: [index, ...inner.path] };
}
