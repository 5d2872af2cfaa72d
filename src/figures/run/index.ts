/** The figures of a run. */
import type { PicturedRun } from "../../records/run-details.ts";
import type { Figure } from "../figure.ts";
import { energyFigure, utilisationFigure } from "./accelerators.ts";
import { distributionFigure, slaCurveFigure } from "./distributions.ts";
import { dataAgeFigure, latencyFigure } from "./latency.ts";
import { slaFigure } from "./sla.ts";
import { timelineFigure } from "./timeline.ts";
import { uxCostFigure } from "./ux-cost.ts";

/** In the order of a page. Figures that do not concern the run are left out. */
export function runFigures(run: PicturedRun): readonly Figure[] {
  const figures = [
    uxCostFigure(run),
    slaFigure(run),
    latencyFigure(run),
    distributionFigure(run),
    dataAgeFigure(run),
    energyFigure(run),
    utilisationFigure(run),
    slaCurveFigure(run),
    timelineFigure(run),
  ];
  return figures.filter((figure) => figure !== undefined);
}
