/** The looks in which tests draw figures: a page, dark, and a column of a paper. */
import { darkColors, type Look, lightColors } from "../../src/figures/look.ts";

const page: Look = { width: 760, fontFamily: "Inter, sans-serif", fontSize: 13, fills: "plain", colors: lightColors };

export const looks: Readonly<Record<string, Look>> = {
  light: page,
  dark: { ...page, colors: darkColors },
  column: { ...page, width: 252, fontSize: 7.5, fills: "patterned" },
};
