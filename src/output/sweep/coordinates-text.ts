/** Coordinates of points for people. */
import { printable } from "../../input/printable.ts";
import type { Coordinates } from "../../records/sweep-report.ts";

/** Text as it is, the rest as JSON; nothing for undefined. */
export function coordinateText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** On one line, such as `scenario=vr-gaming scheduler=edf seed=1`. */
export const coordinatesText = (coordinates: Coordinates): string =>
  Object.entries(coordinates)
    .map(([name, value]) => printable(`${name}=${coordinateText(value)}`))
    .join(" ");
