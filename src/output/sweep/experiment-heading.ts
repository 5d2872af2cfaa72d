/** The heading of everything that is shown of an experiment. */
import { printable } from "../../input/printable.ts";
import { heading } from "../lines.ts";
import type { TextOptions } from "../text-table.ts";

interface Named {
  readonly name: string;
  readonly title: string | null;
}

/** The title, if it has one, then its name and `size`, such as `90 points`. */
export function experimentHeading({ name, title }: Named, size: string, options: TextOptions): string {
  const lines = title === null ? [] : [heading(printable(title), options)];
  return [...lines, heading(`${name}: ${size}`, options)].join("\n");
}

/** The same in Markdown, without line end. */
export const experimentMarkdown = ({ name, title }: Named, size: string): string =>
  title === null ? `### ${name}: ${size}` : `### ${printable(title)}\n\n${name}: ${size}`;
