/** The order in which moves are shown. */
import type { Move, MoveVerdict } from "../../records/check-report.ts";

const order: readonly MoveVerdict[] = ["worse", "changed", "better", "tolerated"];

/** Failing moves first, then by verdict and by relative size. Equal ones keep their order. */
export const worstFirst = <Each extends Move>(moves: readonly Each[]): readonly Each[] =>
  [...moves].sort(
    (a, b) =>
      Number(b.fails) - Number(a.fails) ||
      order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
      compared(sizeOf(b), sizeOf(a)),
  );

/** A move from nothing or to nothing is larger than any share. */
const sizeOf = ({ change }: Move): number => (change === null ? Number.POSITIVE_INFINITY : Math.abs(change));

const compared = (a: number, b: number): number => (a === b ? 0 : a - b);
