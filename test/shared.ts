/** Golden data of published peers lives beside the repository; tests of it skip, with a message, where it is absent. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { test } from "vitest";

const reference = join(import.meta.dirname, "../../shared/reference");

export const referencePath = (...parts: readonly string[]): string => join(reference, ...parts);

/** Published problems with their inputs, as `cases/<name>`; the body skips, with a message, where they are absent. */
export function withCase(name: string, body: (folder: string) => void): void {
  const folder = join(import.meta.dirname, "../../shared/cases", name);
  if (existsSync(folder)) body(folder);
  else test.skip(`skipped: ../shared/cases/${name} is absent`, () => {});
}

/** Runs `body` where the reference data is present, else leaves a skipped test that says what is missing. */
export function withReference(path: string, body: () => void): void {
  if (existsSync(referencePath(path))) body();
  else test.skip(`skipped: ../shared/reference/${path} is absent`, () => {});
}

export const referenceText = (...parts: readonly string[]): string => readFileSync(referencePath(...parts), "utf8");

export const referenceFiles = (folder: string): readonly string[] => readdirSync(referencePath(folder)).sort();

/** Rows of a CSV by header name. */
export function referenceRows(...parts: readonly string[]): readonly Readonly<Record<string, string>>[] {
  return parse(referenceText(...parts), { columns: true }) as Record<string, string>[];
}
