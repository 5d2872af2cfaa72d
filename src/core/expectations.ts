/** The expected rest of a job over its branches: sums of costs from each row to the end of the variant. */
import type { BranchTable } from "./branches.ts";

/** Costs by row, and their sums beside them: those of a row are at `row * stride + offset`. */
interface SummedCosts {
  readonly costs: Float64Array;
  readonly sums: Float64Array;
  readonly stride: number;
  readonly offset: number;
}

/**
 * Fills the sums of rows `end` - 1 down to `first` with the cost of the row and of what may follow it. The end row stays
 * 0. Returns the expected cost of a whole job, which has run nothing yet.
 */
export function sumUp(
  branches: BranchTable,
  { first, end }: { readonly first: number; readonly end: number },
  { costs, sums, stride, offset }: SummedCosts,
): number {
  /** Expected cost from a row on, before its branches are decided, for a job that got there by a layer or by a jump. */
  const byLayer = new Float64Array(end - first + 1);
  const byJump = new Float64Array(end - first + 1);
  for (let row = end - 1; row >= first; row--) {
    const i = row - first;
    const at = row * stride + offset;
    const runs = costs[at]! + byLayer[i + 1]!;
    sums[at] = runs;
    byLayer[i] = runs;
    byJump[i] = runs;
    if (!branches.hasBranches(row)) continue;
    for (const { branch, targetRow } of [...branches.at(row)].reverse()) {
      const elsewhere = byJump[targetRow - first]!;
      byLayer[i] = mixed(branch.chance, elsewhere, byLayer[i]!);
      if (branch.exitIndex < 0) byJump[i] = mixed(branch.chance, elsewhere, byJump[i]!);
    }
  }
  return byJump[0]!;
}

/** Infinity (nothing can run it) counts only if it can happen. */
function mixed(chance: number, ifJumps: number, ifNot: number): number {
  if (chance === 0) return ifNot;
  return chance === 1 ? ifJumps : chance * ifJumps + (1 - chance) * ifNot;
}
