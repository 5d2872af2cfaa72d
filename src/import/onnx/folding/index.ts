/** Operators that are computed where their inputs are known. */
import { arithmeticFolds } from "./arithmetic.ts";
import type { FoldRule } from "./fold-rule.ts";
import { movementFolds } from "./movement.ts";
import { reductionFolds } from "./reductions.ts";

export const foldRules: ReadonlyMap<string, FoldRule> = new Map(
  Object.entries({ ...arithmeticFolds, ...movementFolds, ...reductionFolds }),
);
