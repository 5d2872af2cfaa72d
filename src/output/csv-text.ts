/** Rows as CSV. */
import { createRequire } from "node:module";
import type { stringify } from "csv-stringify/sync";

/** Quoted where needed, line end included; csv-stringify is loaded at the first use: most calls print no CSV. */
export function csvText(rows: readonly (readonly unknown[])[]): string {
  const csvStringify = createRequire(import.meta.url)("csv-stringify/sync") as { stringify: typeof stringify };
  return csvStringify.stringify(rows as unknown[][]);
}
