/** Claims that UXCost is below that of Planaria and Veltair. */
import type { Claim } from "../../../records/reproduction.ts";
import { alone, type Estimate, reduction } from "../figures.ts";
import { medianSteps, shareWithin } from "./convergence.ts";
import { farthestBelow, guarded, published, ratioOf } from "./ratios.ts";
import type { StudyCase } from "./study.ts";
import type { OursAndBaselines } from "./tables.ts";

/** Geometric mean and largest reduction over the paper's cases. */
export interface ClaimedReductions {
  readonly planaria: readonly [geomean: number, most: number];
  readonly veltair: readonly [geomean: number, most: number];
}

/** `keepingLate`: as `indexes`, with no policy dropping late jobs by itself. */
export function uxClaims(
  cases: readonly StudyCase[],
  indexes: OursAndBaselines,
  keepingLate: OursAndBaselines,
  claimed: ClaimedReductions,
  differences: readonly number[],
): readonly Claim[] {
  const claim = (what: string, number: number | null, ours: Estimate): Claim => {
    return { what, claimed: number, ...ours, unit: "share", differences };
  };
  const below = ({ ours, ...baselines }: OursAndBaselines, baseline: "planaria" | "veltair", of = published) =>
    reduction(ratioOf(cases, ours, baselines[baseline], of));
  const most = (baseline: "planaria" | "veltair") =>
    reduction(farthestBelow(cases, indexes.ours, indexes[baseline], published)?.estimate);
  return (["planaria", "veltair"] as const).flatMap((baseline) => {
    const name = baseline === "planaria" ? "Planaria" : "Veltair";
    const [geomean, atMost] = claimed[baseline];
    return [
      claim(`UXCost below ${name}, geomean`, geomean, below(indexes, baseline)),
      claim(`UXCost below ${name}, at most`, atMost, most(baseline)),
      claim(`guarded, below ${name}, geomean`, null, below(indexes, baseline, guarded)),
      claim(`no late drop, below ${name}`, geomean, below(keepingLate, baseline)),
    ];
  });
}

/** The papers say that the search typically converges within five steps. */
export function convergenceClaims(cases: readonly StudyCase[], steps: number, differences: readonly number[]): Claim[] {
  return [
    {
      what: `near grid's best in ${steps} steps`,
      claimed: "typical",
      ...alone(shareWithin(cases, steps)),
      unit: "share",
      differences,
    },
    { what: "steps to 5 % of grid's best", claimed: steps, ...alone(medianSteps(cases)), unit: "count", differences },
  ];
}
