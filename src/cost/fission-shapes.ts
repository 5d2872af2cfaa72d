/**
 * The ways to join the units of a fissionable systolic accelerator. Source: Planaria (docs/references.md#planaria): its
 * subarrays chain in either direction, in several groups at once.
 *
 * Adaptation: any h x w units make an array, and as many arrays run side by side as there are units for. Other units
 * stay unused.
 */
import type { ArrayShape } from "./systolic-passes.ts";

/** Shapes of up to `units` arrays of rows x columns, each with as many clusters as there are units for. */
export function fissionShapes(units: number, { rows, columns }: { rows: number; columns: number }): ArrayShape[] {
  const shapes: ArrayShape[] = [];
  for (let height = 1; height <= units; height += 1) {
    for (let width = 1; height * width <= units; width += 1) {
      const clusters = Math.floor(units / (height * width));
      shapes.push({ rows: height * rows, columns: width * columns, clusters });
    }
  }
  return shapes;
}
