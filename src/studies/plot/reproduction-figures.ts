/** Draws the figures of reproductions into a folder. */
import { join } from "node:path";
import { lookOf, presets } from "../../figures/presets.ts";
import { reproductionFigures } from "../../figures/reproduction/index.ts";
import { makeFolder, OutputFile } from "../../files/output-file.ts";
import type { Reproduction } from "../../records/reproduction.ts";

export const FIGURES_FOLDER = "results/figures";

/** Makes the folder. What it returns writes a file for each figure, and returns their paths. */
export async function reproductionDrawer(folder: string): Promise<(of: Reproduction) => readonly string[]> {
  makeFolder(folder);
  const { svgOf } = await import("../../drawing/svg.ts");
  const look = lookOf({ preset: presets[0]!, width: undefined, theme: "light", backdrop: "filled" });
  return (reproduction) =>
    reproductionFigures(reproduction).map((figure) => {
      const path = join(folder, `${reproduction.paper}-${figure.id}.svg`);
      const file = new OutputFile(path);
      file.write(svgOf(figure, look));
      file.finish();
      return path;
    });
}
