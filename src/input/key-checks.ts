/** Checks of keys and ids, besides the schema, that several kinds of files need. */
import type { Report } from "./report.ts";

type Fields<Key extends string> = { readonly [Name in Key]?: unknown };

/** Reports the given keys among `keys`, which cannot be combined with `what`. */
export function refuseKeys<Key extends string>(
  fields: Fields<Key>,
  keys: readonly Key[],
  what: string,
  report: Report,
): void {
  for (const key of keys)
    if (fields[key] !== undefined)
      report.problem([key], "KEYS_EXCLUDE", `${key} cannot be combined with ${what}`, "key");
}

/** Whether exactly one of two keys is given; reports none or both. */
export function hasOneOf<Key extends string>(
  fields: Fields<Key>,
  [first, second]: readonly [Key, Key],
  owner: string,
  report: Report,
): boolean {
  const given = [first, second].filter((key) => fields[key] !== undefined).length;
  if (given === 0) report.problem([], "MISSING_KEY", `${owner} needs "${first}" or "${second}"`, "key");
  if (given === 2) report.problem([], "KEYS_EXCLUDE", `give ${first} or ${second}, not both`, "key");
  return given === 1;
}

/** Reports list entries that repeat the `key` of an earlier one. An entry may be anything that the schema refused. */
export function reportTwins(entries: readonly unknown[], key: "id" | "name", what: string, report: Report): void {
  const seen = new Set<string>();
  for (const [i, entry] of entries.entries()) {
    const name = (entry as Fields<string> | null | undefined)?.[key];
    if (typeof name !== "string") continue;
    if (seen.has(name)) report.problem([i, key], "DUPLICATE_ID", `${what} "${name}" is already given above`);
    seen.add(name);
  }
}
