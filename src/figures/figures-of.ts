/** The figures of any record. */
import type { AdversaryMatrix } from "../records/adversary.ts";
import type { Capacity } from "../records/capacity.ts";
import type { CheckReport } from "../records/check-report.ts";
import type { Comparison } from "../records/comparison.ts";
import type { Reproduction } from "../records/reproduction.ts";
import type { PicturedRun } from "../records/run-details.ts";
import type { SweepReport } from "../records/sweep-report.ts";
import type { Tuning } from "../records/tuning.ts";
import { comparisonFigures } from "./comparison/index.ts";
import type { Figure } from "./figure.ts";
import { reproductionFigures } from "./reproduction/index.ts";
import { runFigures } from "./run/index.ts";
import { matrixFigure } from "./studies/adversary.ts";
import { capacityFigures } from "./studies/capacity.ts";
import { checkFigures } from "./studies/check.ts";
import { tuningFigures } from "./studies/tuning.ts";
import { sweepFigures } from "./sweep/index.ts";

/** What figures are made of. */
export type Drawn =
  | { readonly kind: "run"; readonly run: PicturedRun }
  | { readonly kind: "comparison"; readonly comparison: Comparison }
  | { readonly kind: "sweep"; readonly sweep: SweepReport }
  | { readonly kind: "check"; readonly check: CheckReport }
  | { readonly kind: "capacity"; readonly capacity: Capacity }
  | { readonly kind: "tuning"; readonly tuning: Tuning }
  | { readonly kind: "reproduction"; readonly reproduction: Reproduction }
  | { readonly kind: "matrix"; readonly matrix: AdversaryMatrix };

export function figuresOf(drawn: Drawn): readonly Figure[] {
  switch (drawn.kind) {
    case "run":
      return runFigures(drawn.run);
    case "comparison":
      return comparisonFigures(drawn.comparison);
    case "sweep":
      return sweepFigures(drawn.sweep);
    case "check":
      return checkFigures(drawn.check);
    case "capacity":
      return capacityFigures(drawn.capacity);
    case "tuning":
      return tuningFigures(drawn.tuning);
    case "reproduction":
      return reproductionFigures(drawn.reproduction);
    case "matrix":
      return [matrixFigure(drawn.matrix)];
    default:
      return drawn satisfies never;
  }
}
