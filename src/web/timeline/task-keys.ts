/** How the tasks of a timeline are told apart: a letter and a colour each. */
import { type Colors, seriesColor } from "../../figures/look.ts";
import { createLetters, MOST_LETTERS } from "../../output/timeline/letters.ts";

export interface TaskKey {
  readonly id: string;
  /** Empty for tasks beyond the letters. */
  readonly letter: string;
  readonly color: string;
  /** Readable on the colour. */
  readonly ink: string;
}

export function taskKeys(ids: readonly string[], colors: Colors): readonly TaskKey[] {
  const letterOf = createLetters();
  return ids.map((id, index) => {
    const color = seriesColor(colors, index);
    return { id, letter: index < MOST_LETTERS ? letterOf(id) : "", color, ink: inkOn(color) };
  });
}

const BLACK = "#000000";
const WHITE = "#ffffff";

/** Black or white, whichever has more contrast. */
export const inkOn = (color: string): string => (contrast(color, BLACK) >= contrast(color, WHITE) ? BLACK : WHITE);

/** Contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** Relative luminance (WCAG 2.2). */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(color.slice(at, at + 2), 16) / 255));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
