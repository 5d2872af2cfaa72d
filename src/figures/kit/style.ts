/** Options of ECharts that all figures share: text, axes, legends, patterns. */
import type { EChartsOption } from "echarts";
import type { Look } from "../look.ts";
import { fitted, textWidth } from "./text-width.ts";

/** A length in units of the font size, in whole pixels. */
export const em = ({ fontSize }: Look, length: number): number => Math.round(length * fontSize);

export const smallSize = (look: Look): number => Math.round(look.fontSize * 9) / 10;

/** Between an axis and its labels. */
export const labelGap = (look: Look): number => em(look, 0.5);

/** What every option begins with. A page shows its own title and text for screen readers. */
export const baseOption = (look: Look): EChartsOption => ({
  animation: false,
  backgroundColor: look.backdrop === "transparent" ? "transparent" : look.colors.background,
  textStyle: { fontFamily: look.fontFamily, fontSize: look.fontSize, color: look.colors.text },
});

export const axisText = (look: Look) => ({
  color: look.colors.text,
  fontSize: smallSize(look),
  fontFamily: look.fontFamily,
});

export const gridLines = (look: Look) => ({ lineStyle: { color: look.colors.line, width: hairline(look) } });

export const hairline = (look: Look): number => Math.max(0.5, look.fontSize / 14);

/** Lines that carry data. */
export const dataLine = (look: Look): number => Math.max(1, look.fontSize / 7);

export interface LegendEntry {
  readonly name: string;
  /** Without one, the line of its series is shown. */
  readonly icon?: string;
}

/** Room at the edges of a figure. */
export const EDGE = 0.3;

/** In units of the font size. */
const LEGEND_ICON = 1.5;
const LEGEND_GAP = 0.7;
/** Of the width. Longer names are shortened. */
const LONGEST_ENTRY = 0.38;

/** Rows that a legend takes, as entries follow each other. */
function legendRows(entries: readonly LegendEntry[], look: Look): number {
  let rows = 1;
  let used = 0;
  for (const { name } of entries) {
    const textPixels = textWidth(shortName(name, look), smallSize(look)) * (look.textScale ?? 1);
    const width = em(look, LEGEND_ICON + LEGEND_GAP) + ICON_GAP + textPixels;
    if (used > 0 && used + width - em(look, LEGEND_GAP) > look.width - em(look, 2 * EDGE)) {
      rows += 1;
      used = 0;
    }
    used += width;
  }
  return rows;
}

/** Between an icon and its text, in pixels: ECharts has no option for it. */
const ICON_GAP = 5;

/** Width of the widest of the texts in small print, px. */
export const widest = (texts: readonly string[], look: Look): number =>
  texts.reduce((most, text) => Math.max(most, textWidth(text, smallSize(look)) * (look.textScale ?? 1)), 0);

const shortName = (name: string, look: Look): string => fitted(name, smallSize(look), look.width * LONGEST_ENTRY);

/** In pixels; 0 without entries. */
export const legendHeight = (entries: readonly LegendEntry[], look: Look): number =>
  entries.length === 0 ? 0 : Math.ceil(legendRows(entries, look) * legendPitch(look)) + em(look, 2 * EDGE);

/** From row to row: ECharts takes the width of a wide character as the height of a line. */
const legendPitch = (look: Look): number => textWidth("国", smallSize(look)) + em(look, LEGEND_GAP);

export function legendOption(entries: readonly LegendEntry[], look: Look): EChartsOption {
  if (entries.length === 0) return {};
  const isOfSymbols = entries.every(({ icon }) => icon !== undefined && icon !== "rect");
  return {
    legend: {
      data: entries.map((entry) => ({ ...entry })),
      type: "plain",
      left: em(look, EDGE),
      top: em(look, EDGE),
      width: look.width - em(look, 2 * EDGE),
      padding: 0,
      itemGap: em(look, LEGEND_GAP),
      itemWidth: em(look, isOfSymbols ? 0.8 : LEGEND_ICON),
      itemHeight: em(look, 0.8),
      formatter: (name: string) => shortName(name, look),
      selectedMode: false,
      // The dashes of a line must be seen, too.
      lineStyle: { width: dataLine(look) },
      textStyle: { color: look.colors.text, fontSize: smallSize(look), fontFamily: look.fontFamily },
      inactiveColor: look.colors.quietText,
    },
  };
}

/** Patterns that differ in black and white. The first is none. */
const patterns = [
  undefined,
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.5, 3.5], rotation: -Math.PI / 4 },
  {
    symbol: "circle",
    symbolSize: 0.6,
    dashArrayX: [
      [6, 6],
      [0, 6, 6, 0],
    ],
    dashArrayY: [6, 0],
  },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.5, 3.5], rotation: Math.PI / 4 },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.5, 4], rotation: 0 },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.5, 4], rotation: Math.PI / 2 },
] as const;

/** The decal of the area with this number: those whose colour is there already have one in every look. */
export function decalOf(look: Look, index: number): object {
  const isRepeated = index >= look.colors.series.length;
  const pattern =
    look.fills === "patterned" || isRepeated ? patterns[isRepeated ? 1 + (index % 5) : index % 6] : undefined;
  return pattern === undefined ? { symbol: "none" } : { ...pattern, color: patternColor(look) };
}

/** The decal of a task: the colours come again with a pattern, in every look. */
export const taskDecal = (look: Look, taskIndex: number): object =>
  decalOf({ ...look, fills: "patterned" }, Math.floor(taskIndex / look.colors.series.length));

const patternColor = ({ colors }: Look): string =>
  isDark(colors.background) ? "rgba(0, 0, 0, 0.55)" : "rgba(255, 255, 255, 0.65)";

/** Of `#rrggbb`; anything else counts as light. */
export const isDark = (color: string): boolean => luminance(color) < 0.4;

/** Black or white, whichever is read better on a colour. */
export const textOn = (color: string): string => (luminance(color) < 0.36 ? "#ffffff" : "#000000");

/** Roughly the relative luminance of sRGB, 0 to 1. */
function luminance(color: string): number {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (digits === null) return 1;
  const [red, green, blue] = digits.slice(1).map((pair) => linear(Number.parseInt(pair, 16) / 255));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

const linear = (share: number): number => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);

/** Symbols of points, told apart without colour. */
const symbols = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle", "emptyDiamond"];
export const symbolOf = (index: number): string => symbols[index % symbols.length]!;

const dashes = ["solid", "dashed", "dotted"] as const;
/** The dashes of a line. They change with each round of colours. */
export const dashOf = (look: Look, index: number): (typeof dashes)[number] =>
  dashes[Math.floor(index / look.colors.series.length) % dashes.length]!;
