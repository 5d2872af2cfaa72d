/** Several imports as one. */
import type { ImportResult } from "./imported.ts";

export const joinImports = (imports: readonly ImportResult[]): ImportResult => ({
  files: imports.flatMap(({ files }) => files),
  report: {
    taken: imports.flatMap(({ report }) => report.taken),
    left: imports.flatMap(({ report }) => report.left),
    totals: imports.flatMap(({ report }) => report.totals),
  },
});
