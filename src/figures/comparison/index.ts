/** The figures of a comparison. */
import type { Comparison } from "../../records/comparison.ts";
import type { Figure } from "../figure.ts";
import { boundFigure } from "./bound.ts";
import { ratioMapFigure } from "./ratio-map.ts";
import { ratioFigure } from "./ratios.ts";

/** For each metric bars; with several cases a heat map; and with bounds how far each scheduler is from them. */
export const comparisonFigures = (comparison: Comparison): readonly Figure[] =>
  comparison.metrics.flatMap((metric) =>
    [ratioFigure(comparison, metric), ratioMapFigure(comparison, metric), boundFigure(comparison, metric)].filter(
      (figure) => figure !== undefined,
    ),
  );
