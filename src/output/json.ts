/** Records as JSON. */
import type { Format } from "./format.ts";

/** The same for every record: its fields are what programs read. */
export const json: Format<unknown> = { name: "json", render: (record) => jsonText(record) };

/** Indented by two spaces per level, line end included. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
