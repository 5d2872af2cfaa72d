/** Reports failed points of a sweep on stderr as they occur. */

import { wrapped } from "../output/lines.ts";
import { coordinatesText } from "../output/sweep/coordinates-text.ts";
import type { FailedPoint } from "../studies/sweep/folder/point-line.ts";

/** Many points often fail for the same reason, so only the first ones are printed. */
const MOST_SHOWN = 10;
/** The message of an internal error includes its stack. */
const MOST_LINES = 8;

export function failureReporter(note: (remark: string) => void): (point: FailedPoint) => void {
  let failed = 0;
  return (point) => {
    failed += 1;
    if (failed <= MOST_SHOWN) note(failureText(point));
    if (failed === MOST_SHOWN) note("further failures are recorded in points.jsonl only");
  };
}

function failureText({ index, coordinates, error }: FailedPoint): string {
  const lines = error.message.split("\n");
  const shown = lines.slice(0, MOST_LINES).map((line) => `  ${line}`);
  const more = lines.length > MOST_LINES ? [`  ${lines.length - MOST_LINES} more lines in points.jsonl`] : [];
  return [wrapped(`point ${index} failed: ${coordinatesText(coordinates)}`, "  "), ...shown, ...more].join("\n");
}
