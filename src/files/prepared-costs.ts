/** Reads the costs that were computed when rtmm was built (scripts/prepare-costs.js). */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PreparedCosts } from "../cost/index.ts";

/** Beside the built code. The sources have none, so that what runs from them computes all of its costs. */
const builtFolder = fileURLToPath(new URL("../costs/", import.meta.url));

/** undefined: there are none. */
export function preparedCosts(folder = builtFolder): PreparedCosts | undefined {
  const layerShapes = jsonAt<PreparedCosts["layerShapes"]>(join(folder, "layers.json"));
  return layerShapes && { layerShapes, costsOn: (shape) => jsonAt(join(folder, costsFile(shape))) };
}

/** The name of the file with the costs on accelerators of this shape. */
export const costsFile = (acceleratorShape: string): string =>
  `${createHash("sha256").update(acceleratorShape).digest("hex")}.json`;

const jsonAt = <Value>(path: string): Value | undefined =>
  existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Value) : undefined;
