/** The expected rest of a job over its branches: sums of costs from each row to the end of the variant. */
import type { BranchTable } from "./branches.ts";

/**
 * Fills `left[row * stride + offset]`, for rows endRow - 1 down to firstRow, with the cost of the row and of what may
 * follow it. The end row stays 0. Returns the expected cost of a whole job, which has run nothing yet.
 */
export function sumUp(
  branches: BranchTable,
  rows: { readonly first: number; readonly end: number },
  costAt: (row: number) => number,
  left: { readonly sums: Float64Array; readonly stride: number; readonly offset: number },
): number {
  const { sums, stride, offset } = left;
  /** Expected cost from a row on, before its branches are decided, for a job that got there by a layer or by a jump. */
  const byLayer = new Float64Array(rows.end - rows.first + 1);
  const byJump = new Float64Array(rows.end - rows.first + 1);
  for (let row = rows.end - 1; row >= rows.first; row--) {
    const i = row - rows.first;
    const runs = costAt(row) + byLayer[i + 1]!;
    sums[row * stride + offset] = runs;
    byLayer[i] = runs;
    byJump[i] = runs;
    for (const { branch, targetRow } of [...branches.at(row)].reverse()) {
      const elsewhere = byJump[targetRow - rows.first]!;
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
