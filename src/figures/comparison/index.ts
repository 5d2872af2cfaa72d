/** The figures of a comparison. */
import type { Comparison } from "../../records/comparison.ts";
import type { Figure } from "../figure.ts";
import { ratioMapFigure } from "./ratio-map.ts";
import { ratioFigure } from "./ratios.ts";

/** For each metric bars and, with several cases, a heat map. */
export const comparisonFigures = (comparison: Comparison): readonly Figure[] =>
  comparison.metrics.flatMap((metric) => {
    const map = ratioMapFigure(comparison, metric);
    return [ratioFigure(comparison, metric), ...(map === undefined ? [] : [map])];
  });
