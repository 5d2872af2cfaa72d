/** What an operator leaves, as far as it can be known before a run. */
import { foldRules } from "../folding/index.ts";
import type { NodeView } from "../node-view.ts";
import { elementsIn, fixedValue, MOST_FOLDED, type Value } from "../value.ts";

/** Computed where all is known; else marked as fixed where only weights went in. */
export function settled(view: NodeView, results: readonly Value[]): readonly Value[] {
  const fold = foldRules.get(view.op);
  const isSmall = results.every(({ dims }) => (elementsIn(dims) ?? 0) <= MOST_FOLDED);
  const known = fold !== undefined && isSmall ? fold(view, results) : undefined;
  if (known !== undefined) return known;
  const isFixed = view.inputs.length > 0 && view.inputs.every((input) => input === undefined || input.isFixed);
  const storedType = view.inputs.find((input) => input?.storedType !== undefined)?.storedType;
  return isFixed ? results.map((value) => asFixed(value, storedType)) : results;
}

/** Weights keep the type that they are stored in. */
function asFixed(value: Value, ofInput: number | undefined): Value {
  if (value.isFixed || value.items !== undefined) return value;
  const storedType = value.storedType ?? ofInput;
  return { ...fixedValue(value.dims, value.type), ...(storedType !== undefined && { storedType }) };
}
