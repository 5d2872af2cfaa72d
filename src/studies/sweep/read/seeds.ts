/** The seeds of an experiment: a range or a list. */
import type { Report } from "../../../input/report.ts";
import { LARGEST_SEED } from "../../../run/settings.ts";
import type { ExperimentFile, SeedsFile } from "./experiment-file.ts";
import type { SeedPrecision } from "./seed-precision.ts";

export type Seeds =
  | { readonly kind: "range"; readonly from: number; readonly count: number }
  | { readonly kind: "list"; readonly count: number; readonly seeds: readonly number[] };

export const seedAt = (seeds: Seeds, index: number): number =>
  seeds.kind === "range" ? seeds.from + index : seeds.seeds[index]!;

/**
 * Reports duplicate seeds and seeds above the largest possible one. With a precision, the range has its maximum number
 * of seeds. `report`: at the experiment.
 */
export function seedsOf({ seeds: file = 1 }: ExperimentFile, report: Report, precision?: SeedPrecision): Seeds {
  return report.isSound(["seeds"]) ? soundSeeds(file, report.within(["seeds"]), precision) : soundSeeds(1, report);
}

function soundSeeds(file: SeedsFile, report: Report, precision?: SeedPrecision): Seeds {
  if (typeof file === "number") return { kind: "range", from: 1, count: precision?.maxSeeds ?? file };
  if ("count" in file) return rangeOf(file.from ?? 1, precision?.maxSeeds ?? file.count, report);
  const seen = new Set<number>();
  for (const [index, seed] of file.entries()) {
    if (seen.has(seed)) report.problem([index], "DUPLICATE_ID", `seed ${seed} is already given above`);
    seen.add(seed);
  }
  return { kind: "list", count: file.length, seeds: file };
}

function rangeOf(from: number, count: number, report: Report): Seeds {
  const last = from + count - 1;
  if (last > LARGEST_SEED)
    report.problem(["from"], "TOO_BIG", `the last seed would be ${last}; the largest one is ${LARGEST_SEED}`);
  return { kind: "range", from, count };
}
