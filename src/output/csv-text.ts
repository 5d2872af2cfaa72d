/** Rows as CSV. */
import { stringify } from "csv-stringify/browser/esm/sync";

/** Quoted where needed, line end included. */
export const csvText = (rows: readonly (readonly unknown[])[]): string => stringify(rows as unknown[][]);
