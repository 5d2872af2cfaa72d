/** A figure with nothing to draw: a sentence in its place. */
import type { Figure, FigureData } from "../figure.ts";
import type { Look } from "../look.ts";
import { baseOption, em } from "./style.ts";
import { textWidth } from "./text-width.ts";

export const emptyData: FigureData = { columns: [], rows: [] };

export function absentFigure(id: string, title: string, absence: string, data = emptyData): Figure {
  const lines = (look: Look) => wrapped(absence, look);
  return {
    ...{ id, title, absence, data },
    summary: absence,
    height: (look) => em(look, 1.5 * lines(look).length + 3),
    option: (look) => ({
      ...baseOption(look),
      title: {
        text: lines(look).join("\n"),
        left: "center",
        top: "middle",
        textStyle: {
          color: look.colors.quietText,
          fontSize: look.fontSize,
          fontWeight: "normal",
          fontFamily: look.fontFamily,
        },
      },
    }),
  };
}

function wrapped(text: string, look: Look): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, look.fontSize) <= look.width * 0.9) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
