/** Options of how pictures look. */
import { type Command, InvalidArgumentError } from "commander";
import { type LookUnit, lookOf, type Preset, presets } from "../../figures/presets.ts";
import { didYouMean } from "../../input/closest.ts";
import { decimal } from "../../input/decimal.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Canvas } from "../../studies/plot/figure-files.ts";
import { positive } from "./run-options.ts";

export interface LookOptions {
  readonly preset?: string;
  /** In points. */
  readonly width?: number;
  readonly theme?: "light" | "dark";
  readonly transparent?: true;
  readonly scale?: number;
}

const MOST_SCALE = 20;

export const declareLook = (declaration: Command): Command =>
  declaration
    .option("--preset <name>", `size: ${presets.map(({ name }) => name).join(", ")} (default: ${presets[0]!.name})`)
    .option("--width <length>", "another width, such as 88mm, 3.5in, 252pt or 760px", length)
    .option("--theme <name>", "light or dark (default: light)", theme)
    .option("--transparent", "draw no background")
    .option("--scale <n>", "pixels of a PNG per px (default: 2; print: 300 dpi)", positive(MOST_SCALE));

/** Throws RequestError for an unknown preset, or a width that is no size of a figure. */
export function canvasOf({
  preset: name = presets[0]!.name,
  width,
  theme: themed,
  transparent,
  scale,
}: LookOptions): Canvas {
  const preset = presetNamed(name);
  const look = lookOf({
    preset,
    width: width === undefined ? undefined : checkedWidth(width / pointsOf[preset.unit], preset),
    theme: themed ?? "light",
    backdrop: transparent === true ? "transparent" : "filled",
  });
  // A point of print is 300/72 dots at 300 dpi, which printers ask for.
  return { look, unit: preset.unit, pixels: scale ?? (preset.unit === "pt" ? 300 / 72 : 2) };
}

function presetNamed(name: string): Preset {
  const found = presets.find((preset) => preset.name === name);
  if (found !== undefined) return found;
  const names = presets.map((preset) => preset.name);
  throw new RequestError(`unknown preset "${name}"${didYouMean(name, names) || `; there are: ${names.join(", ")}`}`);
}

/** In units of the font size: narrower, there is no room for a name and a bar. */
const NARROWEST = 18;
const WIDEST = 400;

function checkedWidth(width: number, { fontSize, unit }: Preset): number {
  const [least, most] = [NARROWEST * fontSize, WIDEST * fontSize];
  if (width >= least && width <= most) return Math.round(width);
  throw new RequestError(
    `--width must be between ${least} and ${most} ${unit} with this preset, got ${Math.round(width)}`,
  );
}

const pointsOf: Readonly<Record<LookUnit | "mm" | "cm" | "in", number>> = {
  pt: 1,
  px: 72 / 96,
  mm: 72 / 25.4,
  cm: 72 / 2.54,
  in: 72,
};

/** In points; a number without a unit is in px. */
function length(text: string): number {
  const [, digits, unit = "px"] = /^([\d.]+)(pt|px|mm|cm|in)?$/.exec(text) ?? [];
  const value = digits === undefined ? Number.NaN : decimal(digits);
  if (!(value > 0)) throw new InvalidArgumentError("Write a number above 0 with pt, px, mm, cm or in.");
  return value * pointsOf[unit as keyof typeof pointsOf];
}

function theme(text: string): "light" | "dark" {
  if (text === "light" || text === "dark") return text;
  throw new InvalidArgumentError("It must be light or dark.");
}
