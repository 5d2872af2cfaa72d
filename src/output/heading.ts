/** Titles of what is printed. */
import { chalkFor, type TextOptions } from "./text-table.ts";
import { wrapped } from "./wrapped.ts";

/** Bold, at most 80 columns. */
export const heading = (text: string, { color }: TextOptions): string => chalkFor(color).bold(wrapped(text));
