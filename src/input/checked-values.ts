/** Values of files that passed their schema, by the schema and the SHA-256 of the text, so that no text is parsed twice. */
import type { SchemaName } from "./schema-name.ts";

/** Can be sent to another thread. */
export type CheckedValues = Map<string, unknown>;

/** Enough for the files of a study; then the first ones make room. */
const MOST_VALUES = 256;

export const checkedKey = (schema: SchemaName, sha256: string): string => `${schema} ${sha256}`;

export function keepChecked(values: CheckedValues, key: string, value: unknown): void {
  values.set(key, value);
  if (values.size > MOST_VALUES) values.delete(values.keys().next().value!);
}
