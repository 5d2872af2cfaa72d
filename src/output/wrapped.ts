/** Text in lines of at most 80 columns. */
import { MOST_COLUMNS } from "./text-table.ts";

/** Breaks at blanks; a word longer than a line is broken inside. */
export function wrapped(text: string, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((each) => pieces(each, MOST_COLUMNS - indent.length))) {
    const longer = line === "" ? word : `${line} ${word}`;
    const width = lines.length === 0 ? MOST_COLUMNS : MOST_COLUMNS - indent.length;
    if (longer.length <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].join(`\n${indent}`);
}

const pieces = (word: string, length: number): string[] =>
  Array.from({ length: Math.max(1, Math.ceil(word.length / length)) }, (_, i) =>
    word.slice(i * length, (i + 1) * length),
  );
