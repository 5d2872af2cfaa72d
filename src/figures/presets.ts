/** Sizes in which figures are printed and shown. */
import { darkColors, type Look, lightColors } from "./look.ts";

/** The unit of a look's lengths: a CSS pixel, or a point of print. */
export type LookUnit = "px" | "pt";

export interface Preset {
  readonly name: string;
  readonly meaning: string;
  readonly unit: LookUnit;
  /** In the unit, as the font size. */
  readonly width: number;
  readonly fontSize: number;
  readonly fills: Look["fills"];
}

/** Column widths are those of the publishers' LaTeX classes (IEEEtran, acmart). The smallest text is 7.2 pt there. */
export const presets: readonly Preset[] = [
  { name: "page", meaning: "a web page, 760 px", unit: "px", width: 760, fontSize: 13, fills: "plain" },
  {
    name: "ieee-column",
    meaning: "a column of IEEEtran, 252 pt",
    unit: "pt",
    width: 252,
    fontSize: 8,
    fills: "patterned",
  },
  {
    name: "ieee-page",
    meaning: "both columns of IEEEtran, 516 pt",
    unit: "pt",
    width: 516,
    fontSize: 8,
    fills: "patterned",
  },
  {
    name: "acm-column",
    meaning: "a column of acmart, 241 pt",
    unit: "pt",
    width: 241,
    fontSize: 8,
    fills: "patterned",
  },
  {
    name: "acm-page",
    meaning: "both columns of acmart, 506 pt",
    unit: "pt",
    width: 506,
    fontSize: 8,
    fills: "patterned",
  },
  { name: "slide", meaning: "most of a slide, 1200 px", unit: "px", width: 1200, fontSize: 24, fills: "plain" },
];

export interface LookOptions {
  readonly preset: Preset;
  /** In the preset's unit; undefined: the preset's. */
  readonly width: number | undefined;
  readonly theme: "light" | "dark";
  readonly backdrop: "filled" | "transparent";
}

/** The family of the font that comes with rtmm, and what may stand in for it where a picture is shown without it. */
export const FONT_FAMILY = "Inter";

export const lookOf = ({ preset, width = preset.width, theme, backdrop }: LookOptions): Look => ({
  width,
  fontSize: preset.fontSize,
  fills: preset.fills,
  backdrop,
  fontFamily: `${FONT_FAMILY}, Helvetica, Arial, sans-serif`,
  colors: theme === "dark" ? darkColors : lightColors,
});
