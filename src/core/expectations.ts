/** What is left of a job, in expectation over its branches: sums of costs from each row to the end of its variant. */
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
  /** Expected cost from a row on, before its branches are decided; by the way it is reached. */
  const ran = new Float64Array(rows.end - rows.first + 1);
  const jumped = new Float64Array(rows.end - rows.first + 1);
  for (let row = rows.end - 1; row >= rows.first; row--) {
    const i = row - rows.first;
    const runs = costAt(row) + ran[i + 1]!;
    sums[row * stride + offset] = runs;
    ran[i] = runs;
    jumped[i] = runs;
    for (const { branch, targetRow } of [...branches.at(row)].reverse()) {
      const elsewhere = jumped[targetRow - rows.first]!;
      ran[i] = mixed(branch.chance, elsewhere, ran[i]!);
      if (branch.exitIndex < 0) jumped[i] = mixed(branch.chance, elsewhere, jumped[i]!);
    }
  }
  return jumped[0]!;
}

/** Infinity (nothing can run it) counts only where it can happen. */
function mixed(chance: number, ifJumps: number, ifNot: number): number {
  if (chance === 0) return ifNot;
  return chance === 1 ? ifJumps : chance * ifJumps + (1 - chance) * ifNot;
}
