/** Golden data of published peers lives beside the repository; tests of it skip, with a message, where it is absent. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { test } from "vitest";

const reference = join(import.meta.dirname, "../../shared/reference");

export const referencePath = (...parts: readonly string[]): string => join(reference, ...parts);

/** Runs `body` where the reference data is present, else leaves a skipped test that says what is missing. */
export function withReference(path: string, body: () => void): void {
  if (existsSync(referencePath(path))) body();
  else test.skip(`skipped: ../shared/reference/${path} is absent`, () => {});
}

const cases = join(import.meta.dirname, "../../shared/cases");

/** Runs `body` with the folder of a published problem where it is present, else leaves a skipped test. */
export function withCase(name: string, body: (folder: string) => void): void {
  if (existsSync(join(cases, name))) body(join(cases, name));
  else test.skip(`skipped: ../shared/cases/${name} is absent`, () => {});
}

export const referenceText = (...parts: readonly string[]): string => readFileSync(referencePath(...parts), "utf8");

export const referenceFiles = (folder: string): readonly string[] => readdirSync(referencePath(folder)).sort();

/** Rows of a CSV by header name. */
export function referenceRows(...parts: readonly string[]): readonly Readonly<Record<string, string>>[] {
  return parse(referenceText(...parts), { columns: true }) as Record<string, string>[];
}
